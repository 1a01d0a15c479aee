"""How another system of the force sends referrals about online abuse (v1)."""
