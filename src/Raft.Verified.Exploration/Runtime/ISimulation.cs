namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The engine interface that a simulated cluster depends on. This project's engine implements it; the same scenarios
/// run on any other engine that does.
/// </summary>
public interface ISimulation
{
    /// <summary>Virtual time since the start.</summary>
    TimeSpan Now { get; }

    /// <summary>
    /// True when delays decide the order. Otherwise any pending operation may be next, whatever its delay.
    /// </summary>
    bool IsTimed { get; }

    /// <summary>True when the schedule draws its own mix of faults. Otherwise choices of the mix are 0.</summary>
    bool DrawsFaultMix { get; }

    /// <summary>
    /// The time after the last fault within which the liveness properties must hold;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for an engine that judges liveness itself.
    /// </summary>
    TimeSpan LivenessBound { get; }

    /// <summary>
    /// True when delays decide the order at this moment: always in timed simulations, from the fair phase on in others.
    /// </summary>
    bool IsFair { get; }

    /// <summary>The hash of the schedule, to which the program adds its events; null for an engine that keeps none.</summary>
    EventHash? Hash { get; }

    /// <summary>
    /// True when a step goes from one await to the next undisturbed, so that <see cref="BeginAct"/> and
    /// <see cref="EndAct"/> have no effect.
    /// </summary>
    bool StepsAreIndivisible { get; }

    /// <summary>Draws a value from the controlled randomness; the value is a decision.</summary>
    /// <param name="bound">The number of possible values; at least 1.</param>
    /// <param name="what">The meaning of the value, for readable schedules.</param>
    /// <returns>A value from 0 to <paramref name="bound"/> - 1.</returns>
    int Choose(int bound, string what);

    /// <summary>
    /// Decides whether an event happens that has this probability in a random schedule; the result is a decision, 1 or
    /// 0.
    /// </summary>
    bool Happens(double probability, string what);

    /// <summary>
    /// Schedules an operation after a delay; untimed simulations may run it at any moment from now on.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="delay">The delay in virtual time; not negative.</param>
    /// <param name="process">The process it dies with; null when it outlives all processes.</param>
    void Post(Operation operation, TimeSpan delay, ISimulatedProcess? process);

    /// <summary>Creates a process, in which tasks and timers of one life of a server, or of the clients, run.</summary>
    /// <param name="actor">The server; 0 for the environment.</param>
    /// <param name="name">The name shown in readable schedules.</param>
    /// <param name="clock">The behaviour of its clock and timers; null for <see cref="ProcessClock.Exact"/>.</param>
    ISimulatedProcess CreateProcess(int actor, string name, ProcessClock? clock = null);

    /// <summary>
    /// Begins the fair phase: delays decide the order from now on, so that everything that must happen eventually does.
    /// </summary>
    void BeginFairPhase();

    /// <summary>True when a property is violated; the schedule then ends with this step.</summary>
    bool HasFailed { get; }

    /// <summary>Ends the schedule because a property is violated. Only the first report counts.</summary>
    void Fail(string property, string message);

    /// <summary>
    /// Begins an act of the simulated world itself, such as judging an event or taking a message. Nothing else runs
    /// until <see cref="EndAct"/>. Acts may nest and must not wait. An engine whose steps go from one await to the next
    /// has nothing to do here.
    /// </summary>
    void BeginAct()
    {
    }

    /// <summary>Ends an act of the world.</summary>
    void EndAct()
    {
    }
}
