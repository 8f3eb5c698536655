using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Coverage;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>
/// The observer that passes the event stream of a simulated cluster on to its readers: the monitors, the goals, the
/// coverage, the event hash, and the listener.
/// </summary>
internal sealed class ClusterObserver(
    ISimulation simulation, Monitors monitors, IReadOnlyList<Goal> goals, IRaftObserver? listener, CoverageCollector? coverage = null, Livelock? livelock = null)
    : IRaftObserver
{
    private static readonly int KindCount = Enum.GetValues<RaftEventKind>().Length;

    // The kinds of events that count as contents of a schedule.
    private const ulong Contained = 1UL << (int)RaftEventKind.ClientCalled | 1UL << (int)RaftEventKind.Crashed | 1UL << (int)RaftEventKind.Environment;

    private readonly EventHash? _hash = simulation.Hash;

    // The goals by kind of event, as bits in their order, that this kind can reach and that are not reached yet.
    private readonly ulong[] _openGoals = GoalsByKind(goals);
    private bool _changed;
    private ulong _restated;

    public Monitors Monitors => monitors;

    /// <summary>The goals that were reached, as bits in the order of the goals.</summary>
    public ulong GoalsReached { get; private set; }

    public ulong EventsSeen { get; private set; }

    /// <summary>The number of crashes and of other acts of the environment, except for the end of faults.</summary>
    public int Faults { get; private set; }

    /// <summary>The number of calls that clients made.</summary>
    public int Calls { get; private set; }

    public void OnEvent(in RaftEvent raftEvent)
    {
        if (_hash is not null)
        {
            OnControlled(_hash, in raftEvent);
            Dispatch(in raftEvent);
        }
        else
        {
            using WorldAct act = new(simulation);
            Dispatch(in raftEvent);
        }
    }

    private void OnControlled(EventHash hash, in RaftEvent raftEvent)
    {
        // The rest of a step that has violated a property does not count. It may differ each time, if a state machine does.
        if (!simulation.HasFailed)
        {
            Hash(hash, in raftEvent);
        }

        if (Livelock.Concerns(raftEvent.Kind) && livelock is not null && simulation.IsFair && livelock.OnEvent(in raftEvent, monitors.View, simulation.Now) is { } repeated)
        {
            simulation.Fail(Livelock.Name, repeated);
        }

        if (StatusWatch.Concerns(in raftEvent))
        {
            _restated |= 1UL << raftEvent.Server.Value;
        }
    }

    private void Dispatch(in RaftEvent raftEvent)
    {
        _changed = true;
        EventsSeen++;
        if (((Contained >> (int)raftEvent.Kind) & 1) != 0)
        {
            Count(in raftEvent);
        }

        ulong open = _openGoals[(int)raftEvent.Kind];
        if (open != 0)
        {
            LookAtGoals(open, in raftEvent);
        }

        coverage?.OnEvent(in raftEvent, monitors.View);
        monitors.OnEvent(in raftEvent);
        if (monitors.Violation is { } violation)
        {
            simulation.Fail(violation.Property, violation.Message);
        }

        listener?.OnEvent(in raftEvent);
    }

    /// <summary>
    /// Returns the servers, as bits by their numbers, whose status has changed by an event since the last call.
    /// </summary>
    public ulong TakeRestated()
    {
        ulong restated = _restated;
        _restated = 0;
        return restated;
    }

    /// <summary>Marks the end of faults: from here on, work that repeats itself is a finding.</summary>
    public void FaultsAreOver() => livelock?.FaultsAreOver(simulation.Now);

    public bool TakeChanged()
    {
        bool changed = _changed;
        _changed = false;
        return changed;
    }

    private void Count(in RaftEvent raftEvent)
    {
        if (raftEvent.Kind == RaftEventKind.ClientCalled)
        {
            Calls++;
        }
        else if (raftEvent.Subject is not Healed)
        {
            Faults++;
        }
    }

    private void LookAtGoals(ulong open, in RaftEvent raftEvent)
    {
        for (; open != 0; open &= open - 1)
        {
            int i = BitOperations.TrailingZeroCount(open);
            if (goals[i].IsReached(in raftEvent, monitors.View))
            {
                GoalsReached |= 1UL << i;
                _openGoals[(int)raftEvent.Kind] &= ~(1UL << i);
            }
        }
    }

    private static ulong[] GoalsByKind(IReadOnlyList<Goal> goals)
    {
        ulong[] byKind = new ulong[KindCount];
        for (int i = 0; i < goals.Count; i++)
        {
            byKind[(int)goals[i].Kind] |= 1UL << i;
        }

        return byKind;
    }

    private static void Hash(EventHash hash, in RaftEvent e)
    {
        hash.Add((ulong)e.Kind | ((ulong)e.Server.Value << 8) | ((ulong)e.Peer.Value << 16) | ((ulong)e.Role << 24) | ((ulong)e.Term.Value << 32));
        hash.Add((ulong)e.Index.Value | ((ulong)e.OtherIndex.Value << 24) | ((ulong)e.OtherTerm.Value << 48));
        switch (e.Subject)
        {
            case null:
                break;
            case LogEntry entry:
                Hash(hash, entry.Command.Span);
                break;
            case ProposalResult result:
                Hash(hash, result.Result.Span);
                break;
            case Snapshot snapshot:
                Hash(hash, snapshot.Data.Span);
                break;
            case ClientOperation operation:
                Hash(hash, operation.Command.Span);
                break;
            case AppendEntries append:
                hash.Add((ulong)append.PrevLogIndex.Value | ((ulong)append.Entries.Length << 24) | ((ulong)append.LeaderCommit.Value << 40) | 1UL << 60);
                break;
            case AppendEntriesReply reply:
                hash.Add((ulong)reply.MatchIndex.Value | ((ulong)reply.ConflictIndex.Value << 24) | ((ulong)reply.LastLogIndex.Value << 40) | 2UL << 60);
                break;
            case InstallSnapshot chunk:
                hash.Add((ulong)chunk.LastIncludedIndex.Value | ((ulong)chunk.Offset << 24) | 3UL << 60);
                break;
            case InstallSnapshotReply reply:
                hash.Add((ulong)reply.LastIncludedIndex.Value | ((ulong)reply.NextOffset << 24) | 4UL << 60);
                break;
            case ReadRequest read:
                hash.Add((ulong)read.Index.Value | ((ulong)read.Round.Value << 24) | 8UL << 60);
                break;
            case RequestVote request:
                hash.Add((ulong)request.LastLogIndex.Value | ((ulong)request.LastLogTerm.Value << 24) | 5UL << 60);
                break;
            case RequestVoteReply reply:
                hash.Add(reply.VoteGranted ? 6UL : 7UL);
                break;
            case string note:
                Hash(hash, MemoryMarshal.AsBytes(note.AsSpan()));
                break;
            case ClusterAct or ForgedMessage or MessageRefusal:
                Hash(hash, MemoryMarshal.AsBytes(e.Subject.ToString().AsSpan()));
                break;
            default:
                break;
        }
    }

    // Contents count as well: a command or an answer that differs between two runs violates determinism.
    private static void Hash(EventHash hash, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            hash.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = (ulong)bytes.Length << 56;
        for (int i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        hash.Add(rest);
    }
}
