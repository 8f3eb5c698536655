using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The task that applies committed entries to the state machine, in order and each once. It holds nothing that the
/// protocol needs. Elections and replication continue while the state machine works, and it may call back into the
/// server.
/// </summary>
internal sealed class Applier(
    RaftOptions options, RaftEnvironment environment, PublishedStatus status, WorkQueue<Input> inbox, ProposalWaiters waiters, ReadWaiters reads)
{
    // Written only by the applier's task, read by all tasks.
    private long _appliedIndex;
    private long _reachedIndex;
    private LogIndex _compactedIndex;
    private long _bytesBehindSnapshot;

    /// <summary>The steps that the core handed out, in order.</summary>
    public WorkQueue<ApplyStep> Queue { get; } = new();

    /// <summary>The last entry that the state machine has applied, or was restored to.</summary>
    public LogIndex AppliedIndex => new(Volatile.Read(ref _appliedIndex));

    /// <summary>
    /// The last entry given to the state machine. The state machine has applied it, is applying it, or is being
    /// restored to it.
    /// </summary>
    public LogIndex ReachedIndex => new(Volatile.Read(ref _reachedIndex));

    public async Task RunAsync()
    {
        await Queue.WaitAsync();
        while (Queue.TryTakeAll(out List<ApplyStep> steps))
        {
            foreach (ApplyStep step in steps)
            {
                if (step.Restore is { } snapshot)
                {
                    await RestoreAsync(snapshot);
                }
                else if (step.Read is { } read)
                {
                    reads.Serve(read, AppliedIndex, status.Current.Term);
                }
                else
                {
                    await ApplyAsync(step.Entry!);
                }
            }

            await Queue.WaitAsync();
        }
    }

    private async ValueTask RestoreAsync(Snapshot snapshot)
    {
        Reach(snapshot.LastIncludedIndex);
        await environment.StateMachine.RestoreAsync(snapshot.LastIncludedIndex, snapshot.Data, environment.Abandoned);
        Advance(snapshot.LastIncludedIndex);
        Compacted(snapshot.LastIncludedIndex);
        Emit(RaftEvents.Restored(options.Core.Id, status.Current.Term, snapshot));
        waiters.Restored(snapshot.LastIncludedIndex, snapshot.LastIncludedTerm, status.Current.Leader);
    }

    private async ValueTask ApplyAsync(LogEntry entry)
    {
        Reach(entry.Index);
        ReadOnlyMemory<byte> result = default;
        if (entry.Kind == EntryKind.Command)
        {
            result = await environment.StateMachine.ApplyAsync(entry.Index, entry.Command, environment.Abandoned);
        }

        Advance(entry.Index);
        Emit(RaftEvents.Applied(options.Core.Id, status.Current.Term, entry, result));
        waiters.Applied(entry, result, status.Current.Leader);
        _bytesBehindSnapshot += entry.Size;
        if ((options.SnapshotThreshold > 0 && entry.Index - _compactedIndex >= options.SnapshotThreshold)
            || (options.SnapshotBytes > 0 && _bytesBehindSnapshot >= options.SnapshotBytes))
        {
            Compacted(entry.Index);
            Post(new PendingCompaction(entry.Index, await environment.StateMachine.TakeSnapshotAsync(environment.Abandoned), null));
        }
    }

    private void Compacted(LogIndex index)
    {
        _compactedIndex = index;
        _bytesBehindSnapshot = 0;
    }

    private void Reach(LogIndex index) => Volatile.Write(ref _reachedIndex, index.Value);

    private void Advance(LogIndex index) => Volatile.Write(ref _appliedIndex, index.Value);

    private void Post(PendingCompaction compaction) => inbox.Add(new Input(InputKind.Compaction, Compaction: compaction));

    private void Emit(in RaftEvent raftEvent) => environment.Observer.OnEvent(in raftEvent);
}
