import { Assigning } from "./assigning";
import { Crew } from "./crew";
import { Deciding } from "./deciding";
import { Explaining } from "./explaining";
import { Helping } from "./helping";
import { Lateness } from "./lateness";
import { Queue } from "./queue";
import { Supervisor } from "./supervisor";
import { Unblocking } from "./unblocking";

/** Screens of the supervisor, by name. */
export const SUPERVISOR_SCREENS = {
    supervisor: Supervisor,
    helping: Helping,
    deciding: Deciding,
    unblocking: Unblocking,
    explaining: Explaining,
    lateness: Lateness,
    crew: Crew,
    queue: Queue,
    assigning: Assigning,
};
