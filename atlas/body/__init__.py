"""Where acupoints are: body maps, placements and the courses of the meridians."""
