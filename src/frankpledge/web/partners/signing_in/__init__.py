"""How people sign in: by invitation, with a second factor, or through their council's directory."""
