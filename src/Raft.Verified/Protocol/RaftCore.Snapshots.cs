namespace Raft.Verified.Protocol;

// Log compaction: the paper's section 7, Figure 13.
public sealed partial class RaftCore
{
    private IncomingSnapshot? _incoming;

    // Recovery after a crash: the snapshot decides. If the log begins before the snapshot's end, a crash prevented its
    // compaction. Entries behind the snapshot belong to its history only if the log contains (index, term) of its end.
    // The first write completes the compaction, because a later log must not be joined to the rest of this one.
    private void Recover(DurableState durable)
    {
        Snapshot = durable.Snapshot;
        LogIndex snapshotIndex = Snapshot?.LastIncludedIndex ?? LogIndex.Zero;
        Term snapshotTerm = Snapshot?.LastIncludedTerm ?? Term.Zero;
        Log.ReplacePrefix(snapshotIndex, snapshotTerm);
        bool sameHistory = true;
        foreach (LogEntry entry in durable.Entries)
        {
            if (entry.Index == snapshotIndex)
            {
                sameHistory = entry.Term == snapshotTerm;
            }
            else if (entry.Index > snapshotIndex && sameHistory)
            {
                if (entry.Index != Log.LastIndex.Next() || entry.Term < Log.LastTerm)
                {
                    throw new ArgumentException($"the log on disk is damaged: entry {entry} follows {Log.LastIndex}/{Log.LastTerm}", nameof(durable));
                }

                Log.Append(entry);
            }
        }

        if (Log.LastTerm > durable.CurrentTerm)
        {
            throw new ArgumentException(
                $"the disk holds entries of term {Log.LastTerm} and the current term {durable.CurrentTerm}: term and vote were lost, and with them which votes were given",
                nameof(durable));
        }

        if (durable.Entries.Count > 0 && durable.Entries[0].Index <= snapshotIndex)
        {
            _snapshotDirty = Snapshot;
            _snapshotKeepsSuffix = sameHistory;
        }
    }

    private void CompactLog(LogIndex index, ReadOnlyMemory<byte> data)
    {
        if (index <= Log.SnapshotIndex)
        {
            return;
        }

        Snapshot = new Snapshot(index, Log.TermAt(index), data);
        Log.ReplacePrefix(index, Snapshot.LastIncludedTerm);
        _snapshotDirty = Snapshot;
        _snapshotKeepsSuffix = true;
        Emit(RaftEvents.LogCompacted(Id, CurrentTerm, Role, Snapshot, Log.LastIndex));
    }

    private void SendSnapshotChunk(FollowerProgress follower)
    {
        Snapshot snapshot = follower.Snapshot!;
        int length = Math.Min(_options.MaxSnapshotChunkBytes, snapshot.Data.Length - follower.SnapshotOffset);
        SendSnapshot(follower, length, done: follower.SnapshotOffset + length == snapshot.Data.Length);
    }

    private void SendSnapshot(FollowerProgress follower, int length, bool done)
    {
        Snapshot snapshot = follower.Snapshot!;
        Send(new InstallSnapshot(
            Id, follower.Server, CurrentTerm, snapshot.LastIncludedIndex, snapshot.LastIncludedTerm, follower.SnapshotOffset,
            snapshot.Data.Slice(follower.SnapshotOffset, length), done)
        {
            Round = _readRound,
        });
    }

    private void HandleInstallSnapshot(InstallSnapshot request)
    {
        if (request.Term < CurrentTerm)
        {
            Reply(request, nextOffset: 0, installed: false);
            return;
        }

        if (!FollowLeader(request.From))
        {
            return;
        }

        if (request.LastIncludedIndex <= CommitIndex)
        {
            // The snapshot is older than the commit index: it contains nothing new, and would take the state back.
            ReplyInstalled(request);
            return;
        }

        if (_incoming is null || !_incoming.Matches(request))
        {
            _incoming = new IncomingSnapshot(request);
        }

        if (!_incoming.Accept(request))
        {
            Reply(request, _incoming.Length, installed: false);
            return;
        }

        Install(new Snapshot(request.LastIncludedIndex, request.LastIncludedTerm, _incoming.ToArray()));
        _incoming = null;
        ReplyInstalled(request);
    }

    private void ReplyInstalled(InstallSnapshot request) => Reply(request, request.Offset + request.Data.Length, installed: true);

    private void Reply(InstallSnapshot request, int nextOffset, bool installed) =>
        SendWhenDurable(new InstallSnapshotReply(Id, request.From, CurrentTerm, request.Term, request.LastIncludedIndex, nextOffset, installed)
        {
            Round = request.Round,
        });

    // Figure 13, steps 5 to 8. The state machine is restored once the snapshot is durable (HandOutCommitted).
    private void Install(Snapshot snapshot)
    {
        LogIndex oldSnapshotIndex = Log.SnapshotIndex;
        bool keepSuffix = Log.ReplacePrefix(snapshot.LastIncludedIndex, snapshot.LastIncludedTerm);
        if (!keepSuffix)
        {
            _durability.Truncated(oldSnapshotIndex.Next());
        }

        Snapshot = snapshot;
        _snapshotDirty = snapshot;
        _snapshotKeepsSuffix = keepSuffix;
        Emit(RaftEvents.SnapshotInstalled(Id, CurrentTerm, Role, snapshot, Log.LastIndex));
        AdvanceCommitTo(snapshot.LastIncludedIndex);
    }

    private void HandleInstallSnapshotReply(InstallSnapshotReply reply)
    {
        if (Role != Role.Leader || reply.RequestTerm != CurrentTerm || ProgressOf(reply.From) is not { } follower)
        {
            return;
        }

        if (reply.Round > _readRound)
        {
            Refuse(reply, $"it tells of round {reply.Round}; the leader has begun {_readRound}");
            return;
        }

        Confirm(follower, reply.Round);
        if (follower.Snapshot is not { } snapshot || reply.LastIncludedIndex != snapshot.LastIncludedIndex)
        {
            return;
        }

        if (reply.Installed)
        {
            follower.BeginProbe(LogIndex.Max(follower.NextIndex, snapshot.LastIncludedIndex.Next()));
            HandleSuccess(follower, snapshot.LastIncludedIndex);
        }
        else if (reply.NextOffset != follower.SnapshotOffset && reply.NextOffset < snapshot.Data.Length)
        {
            // The offset moves forward after a chunk, and back to the start when a crash lost the follower's earlier
            // chunks.
            follower.SnapshotOffset = reply.NextOffset;
            SendSnapshotChunk(follower);
        }
    }

    /// <summary>
    /// The chunks of one transfer, which has one leader, one term and one snapshot. Another transfer starts from
    /// nothing.
    /// </summary>
    private sealed class IncomingSnapshot(InstallSnapshot first)
    {
        private readonly MemoryStream _data = new();

        public static IncomingSnapshot Restore(ServerId id, IncomingState state)
        {
            IncomingSnapshot incoming = new(
                new InstallSnapshot(ServerId.None, id, state.Term, state.LastIncludedIndex, state.LastIncludedTerm, 0, default, false));
            incoming._data.Write(state.Data.Span);
            return incoming;
        }

        public IncomingState Capture() => new(first.Term, first.LastIncludedIndex, first.LastIncludedTerm, _data.ToArray());

        public int Length => (int)_data.Length;

        public bool Matches(InstallSnapshot request) =>
            request.Term == first.Term
            && request.LastIncludedIndex == first.LastIncludedIndex
            && request.LastIncludedTerm == first.LastIncludedTerm;

        // Takes the chunk if it is the next one; true when it completes the snapshot.
        public bool Accept(InstallSnapshot request)
        {
            if (request.Offset != Length)
            {
                return false;
            }

            _data.Write(request.Data.Span);
            return request.Done;
        }

        public byte[] ToArray() => _data.ToArray();
    }
}
