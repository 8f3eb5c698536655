namespace Raft.Verified.Exploration.Runtime;

/// <summary>What kind of operation may run next. Strategies weigh operations by kind.</summary>
public enum OperationKind
{
    /// <summary>The next piece of a task, from one await to the next.</summary>
    Continuation,

    /// <summary>The delivery of a message.</summary>
    Message,

    /// <summary>A timer runs out.</summary>
    Timer,

    /// <summary>A disk finishes a flush.</summary>
    Disk,

    /// <summary>The scenario or the environment acts: a client, a fault.</summary>
    Environment,
}

/// <summary>Something that the simulated world will do at a moment that the engine chooses.</summary>
public abstract class Operation
{
    /// <summary>What kind of operation this is.</summary>
    public abstract OperationKind Kind { get; }

    /// <summary>The server it concerns; 0 for none. Strategies may slow one server down.</summary>
    public abstract int Actor { get; }

    /// <summary>Does it.</summary>
    public abstract void Run();

    /// <summary>What two operations of this kind and actor have in common when they do the same thing to different effect.</summary>
    public virtual OperationSubject Subject => new(GetType());

    /// <summary>What it does, for readable schedules. Called only when one is written.</summary>
    public abstract override string ToString();
}

/// <summary>
/// The little that a simulated cluster needs of the engine it runs on. The engine of this project implements it; so can another one, and then
/// the same scenarios run there.
/// </summary>
public interface ISimulation
{
    /// <summary>Virtual time since the start.</summary>
    TimeSpan Now { get; }

    /// <summary>Whether delays decide the order. If not, any pending operation may be next, whatever its delay.</summary>
    bool IsTimed { get; }

    /// <summary>Whether the schedule draws its own mix of faults; if not, choices of the mix are 0.</summary>
    bool DrawsFaultMix { get; }

    /// <summary>
    /// How long after the end of all faults everything must have come about that must come about eventually;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for an engine that judges liveness itself.
    /// </summary>
    TimeSpan LivenessBound { get; }

    /// <summary>Whether delays decide the order now: in timed simulations always, in others from the fair phase on.</summary>
    bool IsFair { get; }

    /// <summary>The hash of the schedule, to which the program adds its events; null for an engine that keeps none.</summary>
    EventHash? Hash { get; }

    /// <summary>Whether a step goes from one await to the next undisturbed, so that <see cref="BeginAct"/> and <see cref="EndAct"/> have nothing to do.</summary>
    bool StepsAreIndivisible { get; }

    /// <summary>Draws a value from the controlled randomness: a decision.</summary>
    /// <param name="bound">The number of possible values; at least 1.</param>
    /// <param name="what">What is decided, for readable schedules.</param>
    /// <returns>A value from 0 to <paramref name="bound"/> - 1.</returns>
    int Choose(int bound, string what);

    /// <summary>Decides whether something happens that has this probability in a random schedule: a decision, 1 or 0.</summary>
    bool Happens(double probability, string what);

    /// <summary>Lets an operation happen after a delay; in untimed simulations at any moment from now on.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="delay">The delay; not negative.</param>
    /// <param name="process">The process it dies with; null when it outlives all of them.</param>
    void Post(Operation operation, TimeSpan delay, ISimulatedProcess? process);

    /// <summary>Makes a process, in which tasks and timers of one server's life (or of the clients) run.</summary>
    /// <param name="actor">The server; 0 for the environment.</param>
    /// <param name="name">The name shown in readable schedules.</param>
    /// <param name="clock">How its clock and its timers behave; null for <see cref="ProcessClock.Exact"/>.</param>
    ISimulatedProcess CreateProcess(int actor, string name, ProcessClock? clock = null);

    /// <summary>From now on delays decide the order, so that everything which must happen eventually does.</summary>
    void BeginFairPhase();

    /// <summary>Whether a property is violated: the schedule ends with this step.</summary>
    bool HasFailed { get; }

    /// <summary>Ends the schedule: a property is violated. The first report counts.</summary>
    void Fail(string property, string message);

    /// <summary>
    /// Begins an act of the simulated world itself, such as judging an event or taking a message: nothing else runs until <see cref="EndAct"/>. Acts may
    /// nest, and wait for nothing. An engine whose steps go from one await to the next has nothing to do here.
    /// </summary>
    void BeginAct()
    {
    }

    /// <summary>Ends an act of the world.</summary>
    void EndAct()
    {
    }
}

/// <summary>A process: tasks, timers and randomness that can die, or pause, together.</summary>
public interface ISimulatedProcess
{
    /// <summary>The server whose process it is; 0 for the environment.</summary>
    int Actor { get; }

    /// <summary>Starts a task in the process.</summary>
    /// <param name="name">The name shown in readable schedules.</param>
    /// <param name="body">The task's body.</param>
    /// <returns>A task that completes as <paramref name="body"/> does.</returns>
    Task Start(string name, Func<Task> body);

    /// <summary>The process's clock.</summary>
    TimeProvider Time { get; }

    /// <summary>The process's randomness; every value is a decision.</summary>
    Random Random { get; }

    /// <summary>Ends the process between two steps: nothing of it runs ever again.</summary>
    void Kill();

    /// <summary>Lets nothing of the process run until <see cref="Resume"/>; what becomes ready waits.</summary>
    void Pause();

    /// <summary>Ends a pause.</summary>
    void Resume();

    /// <summary>
    /// Called by the process before each act that others can see: an event, a message, a write. An engine that ends and pauses processes between their
    /// steps has nothing to do here. One that cannot lets a paused process wait here, and a dead one go no further.
    /// </summary>
    /// <exception cref="ProcessEndedException">The process has ended.</exception>
    void BeforeActing();

    /// <summary>Calls <paramref name="action"/> after the process has run this many more steps, before it runs another.</summary>
    void AfterSteps(int steps, Action action);
}
