namespace Raft.Verified.Exploration.Runtime;

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
