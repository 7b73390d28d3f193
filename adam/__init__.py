"""ADAM: the Automated Donor Assistance Mechanism. No imports here, so that adam.matching loads without Flask."""
