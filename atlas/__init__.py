"""An atlas of acupuncture points whose places are measured, not painted."""

__version__ = "0.1.0"
