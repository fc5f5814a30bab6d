from .joint_cost import JointCost, Output
