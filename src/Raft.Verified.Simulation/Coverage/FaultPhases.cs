using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation.Coverage;

/// <summary>The faults, counted by the activity of the server and the cluster at that moment.</summary>
internal sealed class FaultPhases
{
    // One bit per server.
    private uint _startedBefore;
    private uint _receiving;
    private uint _installed;
    private bool _isCut;

    /// <summary>Records that a chunk of a snapshot has reached a server that takes it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="more">True when another chunk must follow.</param>
    public void Receiving(ServerId server, bool more) => Set(ref _receiving, server, more);

    /// <summary>Records an event that the view does not include yet, and counts it if it is a fault.</summary>
    public void OnEvent(in RaftEvent e, ClusterView view, int[] counts)
    {
        switch (e.Kind)
        {
            case RaftEventKind.TermAdvanced:
                Set(ref _receiving, e.Server, false);
                break;
            case RaftEventKind.SnapshotInstalled:
                Set(ref _receiving, e.Server, false);
                Set(ref _installed, e.Server, true);
                break;
            case RaftEventKind.DiskSnapshot:
                Set(ref _installed, e.Server, false);
                break;
            case RaftEventKind.Started:
                if (IsSet(_startedBefore, e.Server))
                {
                    Count(Fault.Restarts, e.Server, view, counts);
                }

                Set(ref _startedBefore, e.Server, true);
                break;
            case RaftEventKind.Crashed or RaftEventKind.Stopped:
                if (view[e.Server].IsRunning)
                {
                    Fault crash = (Fault)((int)Fault.FollowerCrashes + (int)view[e.Server].Role);
                    Count(e.Kind == RaftEventKind.Stopped ? Fault.Stops : crash, e.Server, view, counts);
                }

                Set(ref _receiving, e.Server, false);
                Set(ref _installed, e.Server, false);
                break;
            default:
                if (FaultOf(e.Subject as ClusterAct) is { } fault)
                {
                    Count(fault, fault is Fault.Cut or Fault.Mended ? ServerId.None : e.Server, view, counts);
                }

                break;
        }
    }

    // Every run ends with a heal of the network, even without a cut, so only a heal after a cut counts.
    private Fault? FaultOf(ClusterAct? act)
    {
        switch (act)
        {
            case Paused:
                return Fault.Pauses;
            case Resumed:
                return Fault.Resumes;
            case Healed or Connected:
                bool wasCut = _isCut;
                _isCut &= act is Connected;
                return wasCut ? Fault.Mended : null;
            case Disconnected or Partitioned or LinkCut:
                _isCut = true;
                return Fault.Cut;
            default:
                return null;
        }
    }

    private void Count(Fault fault, ServerId who, ClusterView view, int[] counts)
    {
        int leaders = 0;
        int candidates = 0;
        bool uncommitted = false;
        uint phases = 0;
        for (int i = 0; i < view.Servers.Count; i++)
        {
            ServerView server = view.Servers[i];
            if (server.IsRunning && server.Role == Role.Leader)
            {
                leaders++;
                uncommitted |= server.Log.LastIndex > server.CommitIndex;
            }
            else if (server.IsRunning && server.Role == Role.Candidate)
            {
                candidates++;
            }

            if (who.IsNone || who == server.Id)
            {
                phases |= PhasesOf(server, view);
            }
        }

        phases |= Bit(Phase.NobodyLeadsOrAsks, leaders + candidates == 0) | Bit(Phase.Election, candidates > 0)
            | Bit(Phase.AllCommitted, leaders > 0 && !uncommitted) | Bit(Phase.Uncommitted, uncommitted) | Bit(Phase.TwoLeaders, leaders > 1);
        for (Phase phase = 0; phase <= Phase.MissesCommitted; phase++)
        {
            counts[CoverageMap.Fault(fault, phase)] += (int)((phases >> (int)phase) & 1);
        }
    }

    private uint PhasesOf(ServerView server, ClusterView view)
    {
        if (!server.IsRunning)
        {
            return Bit(Phase.MissesCommitted, server.Disk.Log.LastIndex < view.MaxCommitted);
        }

        bool installed = IsSet(_installed, server.Id);
        return Bit(Phase.Unflushed, AbstractState.HasUnflushed(server))
            | Bit(Phase.ReceivingSnapshot, IsSet(_receiving, server.Id))
            | Bit(Phase.InstalledNotOnDisk, installed)
            | Bit(Phase.CompactedNotOnDisk, !installed && server.Log.SnapshotIndex > server.Disk.Log.SnapshotIndex)
            | Bit(Phase.MissesCommitted, server.Log.LastIndex < view.MaxCommitted);
    }

    private static uint Bit(Phase phase, bool holds) => holds ? 1U << (int)phase : 0;

    private static bool IsSet(uint bits, ServerId server) => ((bits >> (server.Value - 1)) & 1) != 0;

    private static void Set(ref uint bits, ServerId server, bool value)
    {
        uint bit = 1U << (server.Value - 1);
        bits = value ? bits | bit : bits & ~bit;
    }
}
