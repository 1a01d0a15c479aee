"""A force that does not exist, simulated hour by hour: what comes in, who is there to do it, and what is left lying."""
