using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The only task that owns the core. It takes inputs from the inbox in batches, gives them to the core, and passes on
/// the effects. Proposals in one batch are appended, written and sent together. Reads in one batch share one round of
/// the protocol.
/// </summary>
internal sealed class CoreLoop(
    RaftOptions options, RaftCore core, PublishedStatus status, WorkQueue<Input> inbox, EffectPerformer performer, ServerTimers timers, Outbox outbox,
    ProposalWaiters waiters, ReadWaiters readWaiters, CompactionWaiters compactionWaiters)
{
    private static readonly List<Input> NoInputs = [];
    private readonly object _gate = new(); // Guards the core and what is read from it.
    private readonly List<PendingProposal> _proposals = [];
    private readonly List<PendingRead> _reads = [];
    private List<Input> _batch = NoInputs;

    /// <summary>Gives the core its first input. Called once, before <see cref="RunCoreAsync"/>.</summary>
    public void Start(DurableState durable)
    {
        lock (_gate)
        {
            Perform(core.Start(), new CoreInput(CoreInputKind.Start) { Loaded = durable });
        }
    }

    /// <summary>Runs the core until the inbox is closed and empty.</summary>
    public async Task RunCoreAsync()
    {
        await inbox.WaitAsync();
        while (inbox.TryTakeAll(out List<Input> inputs))
        {
            Take(inputs);
            await inbox.WaitAsync();
        }
    }

    /// <summary>Describes the server at this moment.</summary>
    /// <param name="lifetime">The server's lifetime, which is read together with the core.</param>
    /// <param name="applied">The last entry that the state machine has applied.</param>
    public RaftStatus Describe(ServerLifetime lifetime, LogIndex applied)
    {
        lock (_gate)
        {
            (RaftServerState state, Exception? fault) = lifetime.GetState();
            bool hasRole = state <= RaftServerState.Stopping;
            return new RaftStatus(
                core.Id, state, hasRole ? core.Role : Role.Follower, core.CurrentTerm, hasRole ? core.LeaderId : ServerId.None, core.Log.LastIndex,
                core.CommitIndex, applied, core.Log.SnapshotIndex, core.RefusedMessages, fault);
        }
    }

    /// <summary>
    /// Describes the followers of a leader. The list is empty when the server does not lead, or when
    /// <paramref name="lifetime"/> has ended.
    /// </summary>
    public IReadOnlyList<FollowerStatus> DescribeFollowers(ServerLifetime lifetime)
    {
        lock (_gate)
        {
            if (lifetime.GetState().State > RaftServerState.Stopping)
            {
                return [];
            }

            List<FollowerStatus> followers = new(outbox.Senders.Count);
            foreach (ServerId server in options.Core.Servers)
            {
                if (core.ProgressOf(server) is { } progress)
                {
                    followers.Add(new FollowerStatus(server, progress.NextIndex, progress.MatchIndex, progress.Mode));
                }
            }

            return followers;
        }
    }

    /// <summary>
    /// Takes over the inbox from the core, which has ended. Inputs that arrived after the last batch of a failed core
    /// are answered together with that batch.
    /// </summary>
    public void TakeOverInbox()
    {
        List<Input> rest = [.. _batch];
        if (inbox.TryTakeAll(out List<Input> behind))
        {
            rest.AddRange(behind);
        }

        _batch = rest;
    }

    /// <summary>
    /// Refuses the proposals and reads that still wait, and those that never reached the core because an earlier step
    /// failed. Called when the core has ended.
    /// </summary>
    /// <param name="exceptHandedOut">
    /// True when clients keep waiting whose entries or reads were already handed to the state machine, which will
    /// answer them.
    /// </param>
    public void AnswerClients(bool exceptHandedOut)
    {
        AnswerProposals(exceptHandedOut ? core.LastApplied : LogIndex.Zero);
        AnswerReads(exceptHandedOut);
    }

    /// <summary>
    /// Answers the callers that wait for a compaction. Called when the core and the disk have ended, so that no other
    /// task uses these callers.
    /// </summary>
    /// <param name="lastDurable">The last write that the disk has completed.</param>
    public void AnswerCompactions(WriteId lastDurable)
    {
        compactionWaiters.Stopped(lastDurable);
        foreach (Input input in _batch)
        {
            if (input.Compaction?.Completion is { } completion)
            {
                CompactionWaiters.Refuse(completion);
            }
        }
    }

    private void Take(List<Input> inputs)
    {
        lock (_gate)
        {
            try
            {
                // If a step fails, the batch remains here, and its clients are answered at the end.
                _batch = inputs;
                for (int i = 0; i < inputs.Count; i++)
                {
                    Step(inputs[i]);
                }

                ProposeGathered();
                ReadGathered();
                _batch = NoInputs;
            }
            finally
            {
                // A failed step may have changed the core before it failed.
                status.Publish();
            }
        }
    }

    private void Step(Input input)
    {
        // Proposals of a batch are appended, written and sent together. Reads are confirmed together, after the whole
        // batch.
        if (input.Kind == InputKind.Proposal)
        {
            // A proposal whose client has already given up is dropped.
            if (!input.Proposal!.IsAnswered)
            {
                _proposals.Add(input.Proposal);
            }

            return;
        }

        if (input.Kind == InputKind.Read)
        {
            if (!input.Read!.IsAnswered)
            {
                _reads.Add(input.Read);
            }

            return;
        }

        ProposeGathered();
        switch (input.Kind)
        {
            case InputKind.ElectionTimeout when timers.IsCurrentElection(input.Number):
                Perform(core.ElectionTimeout(), new CoreInput(CoreInputKind.ElectionTimeout));
                break;
            case InputKind.HeartbeatTimeout when timers.IsCurrentHeartbeat(input.Number):
                Perform(core.HeartbeatTimeout(), new CoreInput(CoreInputKind.HeartbeatTimeout));
                break;
            case InputKind.Message:
                Perform(core.Receive(input.Message!), new CoreInput(CoreInputKind.Receive) { Message = input.Message });
                break;
            case InputKind.RefusedMessage:
                core.Refuse(input.Message!, MessageValidation.FindFault(input.Message!, options.Core)!);
                break;
            case InputKind.Compaction:
                Compact(input.Compaction!);
                break;
            case InputKind.WriteCompleted:
                WriteCompleted(new WriteId(input.Number));
                break;
            default:
                break;
        }
    }

    private void ProposeGathered()
    {
        if (_proposals.Count == 0)
        {
            return;
        }

        if (core.Role == Role.Leader)
        {
            ReadOnlyMemory<byte>[] commands = new ReadOnlyMemory<byte>[_proposals.Count];
            for (int i = 0; i < commands.Length; i++)
            {
                commands[i] = _proposals[i].Command;
            }

            waiters.RefuseBehind(core.Log.LastIndex, core.LeaderId);
            Effects effects = core.Propose(commands);
            for (int i = 0; i < commands.Length; i++)
            {
                PendingProposal proposal = _proposals[i];
                proposal.Term = core.CurrentTerm;
                proposal.Index = effects.FirstProposedIndex + i;
                waiters.Register(proposal);
            }

            Perform(effects, new CoreInput(CoreInputKind.Propose) { Commands = commands });
            foreach (PendingProposal proposal in _proposals)
            {
                proposal.Accept();
            }
        }
        else
        {
            foreach (PendingProposal proposal in _proposals)
            {
                waiters.Refuse(proposal, ProposalRefusalReason.NotLeader, core.LeaderId);
            }
        }

        _proposals.Clear();
    }

    private void ReadGathered()
    {
        if (_reads.Count == 0)
        {
            return;
        }

        PendingRead[] reads = [.. _reads];
        _reads.Clear();
        if (core.TakesReads)
        {
            ReadRequest request = new();
            readWaiters.Register(request, reads);
            Perform(core.Read(request), new CoreInput(CoreInputKind.Read));
        }
        else
        {
            ReadRefusalReason reason = core.Role == Role.Leader ? ReadRefusalReason.NothingProposedInTerm : ReadRefusalReason.NotLeader;
            foreach (PendingRead read in reads)
            {
                readWaiters.Refuse(read, reason, core.LeaderId, core.CurrentTerm);
            }
        }
    }

    private void Compact(PendingCompaction compaction)
    {
        Effects effects = core.Compact(compaction.Index, compaction.Snapshot);
        if (compaction.Completion is { } completion)
        {
            if (effects.Write is { } write)
            {
                compactionWaiters.Register(write.Id, completion);
            }
            else
            {
                completion.SetResult();
            }
        }

        Perform(effects, new CoreInput(CoreInputKind.Compact) { Index = compaction.Index, Data = compaction.Snapshot });
    }

    private void WriteCompleted(WriteId id)
    {
        outbox.Release(id);
        compactionWaiters.Completed(id);
        Perform(core.WriteCompleted(id), new CoreInput(CoreInputKind.WriteCompleted) { Write = id });
    }

    private void Perform(Effects effects, in CoreInput input)
    {
        status.Publish();
        performer.Perform(core, effects, in input);
    }

    private void AnswerProposals(LogIndex lastHandedOut)
    {
        foreach (PendingProposal proposal in _proposals)
        {
            waiters.Refuse(proposal, ProposalRefusalReason.Stopped, ServerId.None);
        }

        foreach (Input input in _batch)
        {
            if (input.Proposal is { } proposal)
            {
                waiters.Refuse(proposal, ProposalRefusalReason.Stopped, ServerId.None);
            }
        }

        waiters.Stopped(lastHandedOut);
    }

    private void AnswerReads(bool exceptReady)
    {
        Term term = core.CurrentTerm;
        foreach (PendingRead read in _reads)
        {
            readWaiters.Refuse(read, ReadRefusalReason.Stopped, ServerId.None, term);
        }

        foreach (Input input in _batch)
        {
            if (input.Read is { } read)
            {
                readWaiters.Refuse(read, ReadRefusalReason.Stopped, ServerId.None, term);
            }
        }

        readWaiters.Stopped(term, exceptReady);
    }
}
