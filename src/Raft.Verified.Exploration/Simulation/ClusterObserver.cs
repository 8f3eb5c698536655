using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Exploration.Simulation;

/// <summary>
/// Reads the event stream of a simulated cluster for everyone: the monitors, the goals, the event hash, and whoever listens in.
/// </summary>
internal sealed class ClusterObserver(ISimulation simulation, Monitors monitors, IReadOnlyList<Goal> goals, IRaftObserver? listener) : IRaftObserver
{
    private bool _changed;

    public Monitors Monitors => monitors;

    /// <summary>Which goals were reached, as bits in the order of the goals.</summary>
    public ulong GoalsReached { get; private set; }

    public ulong EventsSeen { get; private set; }

    public void On(in RaftEvent raftEvent)
    {
        _changed = true;
        EventsSeen++;
        if (simulation is ControlledRuntime runtime)
        {
            Hash(runtime, in raftEvent);
        }

        for (int i = 0; i < goals.Count; i++)
        {
            Goal goal = goals[i];
            if (goal.Kind == raftEvent.Kind && (GoalsReached & (1UL << i)) == 0 && goal.IsReached(in raftEvent, monitors.View))
            {
                GoalsReached |= 1UL << i;
            }
        }

        monitors.On(in raftEvent);
        if (monitors.Violation is { } violation)
        {
            simulation.Fail(violation.Property, violation.Message);
        }

        listener?.On(in raftEvent);
    }

    public bool TakeChanged()
    {
        bool changed = _changed;
        _changed = false;
        return changed;
    }

    private static void Hash(ControlledRuntime runtime, in RaftEvent e)
    {
        runtime.Hash((ulong)e.Kind | ((ulong)e.Server.Value << 8) | ((ulong)e.Peer.Value << 16) | ((ulong)e.Role << 24) | ((ulong)e.Term.Value << 32));
        runtime.Hash((ulong)e.Index.Value | ((ulong)e.OtherIndex.Value << 24) | ((ulong)e.OtherTerm.Value << 48));
    }
}
