"""Consent to share words and pictures: its rules, where what was shared stands, and taking it back."""
