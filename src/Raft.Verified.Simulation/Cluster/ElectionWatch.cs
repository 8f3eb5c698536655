using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Simulation;

/// <summary>
/// The check of the election timer of one life of a server, on its own clock (paper, section 5.2).
/// <c>NoEarlyElection</c>: no election begins before the shortest timeout has passed since the server last decided to
/// restart its timer. The property also holds in untimed schedules, because a timer that is chosen early advances
/// virtual time. <c>ElectionTimerRunsOut</c>, where delays decide the order: a working server does not go without an
/// election for longer than the longest timeout.
/// </summary>
internal sealed class ElectionWatch(ISimulation simulation, ISimulatedProcess process, SimulatedServer server, ClusterSettings settings)
{
    /// <summary>The kinds of events, as bits by their numbers, that <see cref="OnEvent"/> handles.</summary>
    public const ulong Kinds = 1UL << (int)RaftEventKind.ElectionTimerReset | 1UL << (int)RaftEventKind.RoleChanged | 1UL << (int)RaftEventKind.Voted
        | 1UL << (int)RaftEventKind.MessageReceived | 1UL << (int)RaftEventKind.ProposalRefused;

    // Late callbacks are late by virtual time, and the clock may run fast.
    private readonly TimeSpan _longest = settings.ElectionTimeoutMax + TimeSpan.FromMilliseconds((2 * settings.Faults.MaxLateTimer) + 20);
    private readonly bool _isTimed = simulation.IsTimed;
    private long _reset;
    private int _pauses;
    private bool _isRunning;

    public void OnEvent(in RaftEvent raftEvent)
    {
        switch (raftEvent.Kind)
        {
            case RaftEventKind.ElectionTimerReset:
                (_reset, _pauses, _isRunning) = (process.Time.GetTimestamp(), server.Pauses, true);
                break;
            case RaftEventKind.RoleChanged when raftEvent.Role == Role.Leader:
                _isRunning = false;
                break;
            case RaftEventKind.Voted when raftEvent.Peer == raftEvent.Server && _isRunning:
                CheckEarly(raftEvent.Term);
                break;
            case RaftEventKind.MessageReceived when _isRunning && _isTimed:
            case RaftEventKind.ProposalRefused when _isRunning && _isTimed
                && raftEvent.Subject is ProposalRefusedException { Reason: ProposalRefusalReason.NotLeader }:
                CheckLate();
                break;
            default:
                break;
        }
    }

    private void CheckEarly(Term term)
    {
        TimeSpan elapsed = process.Time.GetElapsedTime(_reset);
        if (elapsed < settings.ElectionTimeoutMin)
        {
            simulation.Fail(
                "NoEarlyElection",
                $"{server.Id} begins the election of term {term} {elapsed.TotalMilliseconds} ms after it last started its election timer; "
                    + $"its shortest time-out is {settings.ElectionTimeoutMin.TotalMilliseconds} ms");
        }
    }

    private void CheckLate()
    {
        TimeSpan elapsed = process.Time.GetElapsedTime(_reset);
        if (elapsed > _longest && server.Pauses == _pauses)
        {
            simulation.Fail(
                "ElectionTimerRunsOut",
                $"{server.Id} started its election timer {elapsed.TotalMilliseconds} ms ago and has begun no election since; "
                    + $"its longest time-out is {settings.ElectionTimeoutMax.TotalMilliseconds} ms");
        }
    }
}
