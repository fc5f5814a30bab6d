export const BACKWARD = "backward";
export const FORWARD = "forward";
