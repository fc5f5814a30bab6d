from .service import SupervisorService
