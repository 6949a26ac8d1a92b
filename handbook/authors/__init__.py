"""How parents and young people write the handbook: access, invitations, their own first page, credit."""
