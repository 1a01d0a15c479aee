"""What the engine says happened, carried into the verbs that people use, signed by whoever was on the rota."""
