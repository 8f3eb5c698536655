using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;

namespace Raft.Verified.Exploration.Simulation;

/// <summary>
/// Property <c>NoEarlyElection</c>: on its own clock, a server begins no election before the shortest election time-out has passed since it last decided to start its
/// timer again (paper, section 5.2). Watches one life of a server. Holds in untimed schedules, too: a timer that is chosen early takes virtual time along.
/// </summary>
internal sealed class ElectionWatch(ISimulation simulation, ISimulatedProcess process, TimeSpan shortest)
{
    private long _reset = -1;

    public void On(in RaftEvent raftEvent)
    {
        if (raftEvent.Kind == RaftEventKind.ElectionTimerReset)
        {
            _reset = process.Time.GetTimestamp();
        }
        else if (raftEvent.Kind == RaftEventKind.Voted && raftEvent.Peer == raftEvent.Server && _reset >= 0
            && process.Time.GetElapsedTime(_reset) is var elapsed && elapsed < shortest)
        {
            simulation.Fail(
                "NoEarlyElection",
                $"{raftEvent.Server} begins the election of term {raftEvent.Term} {elapsed.TotalMilliseconds} ms after it last started its election timer; "
                    + $"its shortest time-out is {shortest.TotalMilliseconds} ms");
        }
    }
}
