from .closing import closing, is_closing
from .crew import ALONE, CREW, LACKING, NOBODY, UNTRAINED, Demand, judge_crew
from .planning import is_alternative, planning
from .rating import EXPIRING, MISSING, OK, TRAINEE, Holding, Level, combine, rate
from .shift import get_work_day
