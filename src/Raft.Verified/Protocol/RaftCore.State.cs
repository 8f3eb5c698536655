namespace Raft.Verified.Protocol;

// The core's state as a value, for exhaustive checking. It is complete only between two inputs.
public sealed partial class RaftCore
{
    // Restores a core for the checker, without events or effects.
    private RaftCore(RaftCoreOptions options, CoreState state, IRaftObserver observer)
    {
        _options = options;
        _observer = observer;
        _replication = new ReplicationTracker(options);
        CurrentTerm = state.CurrentTerm;
        VotedFor = state.VotedFor;
        Role = state.Role;
        LeaderId = state.LeaderId;
        Snapshot = state.Snapshot;
        Log.ReplacePrefix(Snapshot?.LastIncludedIndex ?? LogIndex.Zero, Snapshot?.LastIncludedTerm ?? Term.Zero);
        foreach (LogEntry entry in state.Entries)
        {
            Log.Append(entry);
        }

        CommitIndex = state.CommitIndex;
        LastApplied = state.LastApplied;
        foreach (ServerId voter in state.Votes)
        {
            _votes.Add(voter);
        }

        _replication.Restore(state.Followers);
        _readRound = state.Round;
        _termStart = state.TermStart;
        foreach (ReadState read in state.Reads)
        {
            _reads.Enqueue(new ReadRequest { Index = read.Index, Round = read.Round });
        }

        _incoming = state.Incoming is { } incoming ? IncomingSnapshot.Restore(Id, incoming) : null;
        _durability = DurabilityTracker.Restore(state.DurableIndex, state.PendingWrites);
        _termAndVoteWrite = new WriteId(state.TermAndVoteWrite);
    }

    /// <summary>Returns the state between two inputs, as a value in normal form.</summary>
    public CoreState Capture()
    {
        bool leads = Role == Role.Leader;
        return new CoreState
        {
            CurrentTerm = CurrentTerm,
            VotedFor = VotedFor,
            Role = Role,
            LeaderId = LeaderId,
            Snapshot = Snapshot,
            Entries = Log.Slice(Log.SnapshotIndex.Next(), int.MaxValue).ToArray(),
            CommitIndex = CommitIndex,
            LastApplied = LastApplied,
            Votes = Role == Role.Candidate ? [.. _votes.Voters.OrderBy(voter => voter.Value)] : [],
            Followers = leads ? _replication.Capture() : [],
            Round = leads ? _readRound : ReadRound.None,
            TermStart = leads ? _termStart : LogIndex.Zero,
            Reads = leads ? [.. _reads.Select(read => new ReadState(read.Index, read.Round))] : [],
            Incoming = _incoming?.Capture(),
            DurableIndex = DurableIndex,
            PendingWrites = _durability.CapturePending(),
            TermAndVoteWrite = (int)Math.Max(0, _termAndVoteWrite.Value - _durability.LastCompleted.Value),
        };
    }

    /// <summary>
    /// Creates a core that continues from a captured state. Reads that waited in the captured core come back in
    /// <see cref="Effects"/> as new objects. <see cref="CoreState.PendingWrites"/> are numbered from 1, and the next
    /// write takes the following number.
    /// </summary>
    /// <param name="options">The settings of the core that was captured.</param>
    /// <param name="state">The state of the core that was captured.</param>
    /// <param name="observer">The observer of the events of the next inputs.</param>
    public static RaftCore Restore(RaftCoreOptions options, CoreState state, IRaftObserver observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(observer);
        return new RaftCore(options, state, observer);
    }
}
