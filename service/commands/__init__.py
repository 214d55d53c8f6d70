"""What an administrator types on the machine itself; each command is one transaction and one clear answer."""
