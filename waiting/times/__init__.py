"""Waiting times: in words (`saying`), as bars (`bars`), and as they are shown on a page (`shown`)."""
