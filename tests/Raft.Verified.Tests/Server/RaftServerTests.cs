using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Storage;
using Raft.Verified.Transport;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>A server alone, in virtual time: what its interface promises.</summary>
public sealed class RaftServerTests
{
    [Fact]
    public void A_server_alone_elects_itself_and_answers_with_term_index_and_result() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        ProposalResult first = await server.ProposeAsync(new byte[] { 7 });
        ProposalResult second = await server.ProposeAsync(new byte[] { 8 });

        RaftStatus status = server.GetStatus();
        Assert.Equal((status.Term, new LogIndex(2), (byte)7), (first.Term, first.Index, first.Result.Span[0]));
        Assert.Equal((status.Term, new LogIndex(3), (byte)8), (second.Term, second.Index, second.Result.Span[0]));
        Assert.Equal((Role.Leader, server.Id, new LogIndex(3)), (status.Role, status.Leader, status.AppliedIndex));
    });

    [Fact]
    public void A_submission_is_answered_when_it_has_a_place_in_the_log_and_again_when_it_is_applied() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();

        Task<ProposalAcceptance> first = server.SubmitAsync(new byte[] { 7 });
        Task<ProposalAcceptance> second = server.SubmitAsync(new byte[] { 8 });
        await world.DelayAsync(10);

        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
        ProposalAcceptance acceptance = await second;
        Assert.Equal((server.GetStatus().Term, new LogIndex(3)), (acceptance.Term, acceptance.Index));
        Assert.False(acceptance.Completion.IsCompleted);

        world.ReleaseDisk();
        ProposalResult result = await acceptance.Completion;
        Assert.Equal((acceptance.Term, acceptance.Index, (byte)8), (result.Term, result.Index, result.Result.Span[0]));
    });

    [Fact]
    public void A_submission_is_refused_by_who_does_not_lead_and_by_who_has_stopped() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.SubmitAsync(new byte[] { 1 }));
        await server.StopAsync();
        ProposalRefusedException late = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.SubmitAsync(new byte[] { 1 }));

        Assert.Equal((ProposalRefusalReason.NotLeader, ProposalRefusalReason.Stopped), (refusal.Reason, late.Reason));
    });

    [Fact]
    public void A_submission_that_was_accepted_and_never_applied_ends_in_a_refusal() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();
        ProposalAcceptance acceptance = await server.SubmitAsync(new byte[] { 1 });
        Task stop = server.StopAsync();
        world.ReleaseDisk();
        await stop;

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => acceptance.Completion);
        Assert.Equal((ProposalRefusalReason.Stopped, acceptance.Index), (refusal.Reason, refusal.Index));
    });

    [Fact]
    public void A_server_that_does_not_lead_refuses_and_names_no_leader_if_it_knows_none() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));

        Assert.Equal((ProposalRefusalReason.NotLeader, ServerId.None, true), (refusal.Reason, refusal.Leader, refusal.HasNoEffect));
    });

    [Fact]
    public void A_refusal_names_the_leader_that_the_server_follows() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        server.Receive(new AppendEntries(new ServerId(2), server.Id, new Term(4), LogIndex.Zero, Term.Zero, default, LogIndex.Zero));

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));

        Assert.Equal(new ServerId(2), refusal.Leader);
        Assert.Contains("the leader is S2", refusal.Message);
    });

    [Fact]
    public void Stopping_answers_everyone_who_waits() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();
        Task<ProposalResult> waiting = server.ProposeAsync(new byte[] { 1 });
        await world.DelayAsync(10);
        Task stop = server.StopAsync();
        world.ReleaseDisk();
        await stop;

        // Its write was finished in good order, but nobody is there any more to count and apply it.
        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => waiting);
        ProposalRefusedException late = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 2 }));
        Assert.Equal((ProposalRefusalReason.Stopped, false), (refusal.Reason, refusal.HasNoEffect));
        Assert.Equal(ProposalRefusalReason.Stopped, late.Reason);
    });

    [Fact]
    public void A_state_machine_may_compact_from_inside_apply_and_wait_for_it() => InWorld(async world =>
    {
        world.Machine.OnApply = async (server, index) => await server.CompactAsync(index, new byte[] { 42 });
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        await server.ProposeAsync(new byte[] { 1 });

        Assert.Equal(new LogIndex(2), server.GetStatus().SnapshotIndex);
        Assert.Equal(new LogIndex(2), world.Disk.Snapshot?.LastIncludedIndex);
    });

    [Fact]
    public void A_stop_in_the_middle_of_such_a_compaction_ends_in_good_order() => InWorld(async world =>
    {
        world.Machine.OnApply = async (server, index) => await server.CompactAsync(index, new byte[] { 42 });
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Task<ProposalResult> waiting = server.ProposeAsync(new byte[] { 1 });
        await world.UntilAppliesAsync();
        await server.StopAsync();

        Assert.True(waiting.IsCompleted);
    });

    [Fact]
    public void A_failed_write_reaches_a_state_machine_that_waits_for_its_compaction() => InWorld(async world =>
    {
        world.Machine.OnApply = async (server, index) =>
        {
            world.BreakDisk(new IOException("no space left on device"));
            await server.CompactAsync(index, new byte[] { 42 });
        };
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));
        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StopAsync());
        Assert.IsType<IOException>(stopped.InnerException);
    });

    [Fact]
    public void A_core_that_fails_in_the_middle_of_a_batch_answers_the_rest_of_it() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        server.Receive(new AppendEntries(
            new ServerId(2), server.Id, new Term(4), LogIndex.Zero, Term.Zero, new[] { new LogEntry(new Term(4), new LogIndex(1), EntryKind.Empty, default) }, new LogIndex(1)));
        await world.DelayAsync(20);

        // A leader that asks to delete what is committed stops the server; the proposal behind it in the same batch is answered all the same.
        server.Receive(new AppendEntries(
            new ServerId(3), server.Id, new Term(1000), LogIndex.Zero, Term.Zero, new[] { new LogEntry(new Term(1000), new LogIndex(1), EntryKind.Empty, default) }, LogIndex.Zero));
        Task<ProposalResult> behind = server.ProposeAsync(new byte[] { 1 });
        Task compaction = server.CompactAsync(new LogIndex(1), new byte[] { 1 });

        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StopAsync());
        Assert.Contains("are committed", stopped.Message);
        await Assert.ThrowsAsync<ProposalRefusedException>(() => behind);
        await Assert.ThrowsAsync<RaftServerStoppedException>(() => compaction);
    });

    [Fact]
    public void What_came_in_behind_the_batch_in_which_the_core_failed_is_answered() => InWorld(async world =>
    {
        RaftServer? server = null;
        Task? proposal = null;
        Task? read = null;
        Task? compaction = null;
        world.Observer = new CallingObserver(RaftEventKind.MessageReceived, () =>
        {
            proposal = server!.ProposeAsync(new byte[] { 1 });
            read = server.ReadAsync(() => 1);
            compaction = server.CompactAsync(LogIndex.Zero, new byte[] { 1 });
            throw new NotSupportedException("the observer is broken");
        });
        server = await world.StartAsync(servers: 3);
        server.Receive(new RequestVote(new ServerId(2), server.Id, new Term(4), LogIndex.Zero, Term.Zero));

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
        Assert.Equal(ProposalRefusalReason.Stopped, (await Assert.ThrowsAsync<ProposalRefusedException>(() => proposal!)).Reason);
        Assert.Equal(ReadRefusalReason.Stopped, (await Assert.ThrowsAsync<ReadRefusedException>(() => read!)).Reason);
        await Assert.ThrowsAsync<RaftServerStoppedException>(() => compaction!);
    });

    [Fact]
    public void A_read_is_answered_although_the_observer_fails_at_it() => InWorld(async world =>
    {
        world.Observer = new CallingObserver(RaftEventKind.ReadServed, () => throw new NotSupportedException("the observer is broken"));
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        Assert.Equal(ReadRefusalReason.Stopped, (await Assert.ThrowsAsync<ReadRefusedException>(() => server.ReadAsync(() => 1))).Reason);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
    });

    [Fact]
    public void An_observer_that_fails_stops_the_server_too() => InWorld(async world =>
    {
        world.Observer = new FailingObserver(RaftEventKind.Applied);
        RaftServer server = await world.StartAsync();

        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
        Assert.IsType<NotSupportedException>(stopped.InnerException);
    });

    [Fact]
    public void A_compaction_beyond_what_was_handed_to_the_state_machine_is_refused() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        ArgumentOutOfRangeException refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.CompactAsync(new LogIndex(9), default));

        Assert.Contains("the snapshot covers entries up to 9; the state machine has been given entries up to 1", refusal.Message);
    });

    [Fact]
    public void A_compaction_of_entries_that_are_committed_and_not_applied_is_refused() => InWorld(async world =>
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Machine.OnApply = (_, _) => held.Task;
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Task<ProposalResult>[] proposals = [.. Enumerable.Range(0, 4).Select(i => server.ProposeAsync(new[] { (byte)i }))];
        await world.UntilAppliesAsync();
        while (server.GetStatus().CommitIndex < new LogIndex(5))
        {
            await world.NextAsync();
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.CompactAsync(new LogIndex(5), new byte[] { 1 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.CompactAsync(new LogIndex(3), new byte[] { 1 }));
        Assert.Equal(LogIndex.Zero, server.GetStatus().SnapshotIndex);
        held.SetResult();
        await Tasks.AllAsync([.. proposals]);
        await server.CompactAsync(new LogIndex(5), new byte[] { 1 });
        Assert.Equal(new LogIndex(5), server.GetStatus().SnapshotIndex);
    });

    [Fact]
    public void A_compaction_behind_a_snapshot_that_is_being_restored_is_refused_and_one_before_its_end_has_no_effect() => InWorld(async world =>
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource restoring = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Machine.OnRestore = () =>
        {
            restoring.TrySetResult();
            return held.Task;
        };
        RaftServer server = await world.StartAsync(servers: 3);
        server.Receive(new InstallSnapshot(new ServerId(2), server.Id, new Term(4), new LogIndex(7), new Term(3), 0, new byte[] { 9 }, true));
        await restoring.Task;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.CompactAsync(new LogIndex(8), new byte[] { 1 }));
        await server.CompactAsync(new LogIndex(7), new byte[] { 1 });
        Assert.Equal((byte)9, world.Disk.Snapshot!.Data.Span[0]);
        held.SetResult();
        await server.StopAsync();
    });

    [Fact]
    public void The_log_is_compacted_when_it_has_grown_by_so_many_bytes() => InWorld(async world =>
    {
        // The empty entry of the election, and two commands of 7 bytes, each with 13 bytes of its own.
        RaftServer server = await world.StartAsync(snapshotBytes: 53);
        await world.LeadsAsync(server);
        await server.ProposeAsync(new byte[7]);
        await world.DelayAsync(10);
        Assert.Equal(LogIndex.Zero, server.GetStatus().SnapshotIndex);
        await server.ProposeAsync(new byte[7]);
        await world.DelayAsync(10);
        Assert.Equal(new LogIndex(3), server.GetStatus().SnapshotIndex);

        await server.ProposeAsync(new byte[39]);
        await world.DelayAsync(10);
        Assert.Equal(new LogIndex(3), server.GetStatus().SnapshotIndex);
        await server.ProposeAsync(new byte[0]);
        await world.DelayAsync(10);
        Assert.Equal(new LogIndex(5), server.GetStatus().SnapshotIndex);
    });

    [Fact]
    public void A_failed_write_stops_the_server_and_nothing_is_answered_as_if_it_had_worked() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.BreakDisk(new IOException("no space left on device"));

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));
        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);

        Assert.Equal(ProposalRefusalReason.Stopped, refusal.Reason);
        Assert.Contains("S1 was stopped by a fault: no space left on device", stopped.Message);
        Assert.IsType<IOException>(stopped.InnerException);
        await server.DisposeAsync();
    });

    [Fact]
    public void A_fault_is_reported_before_anybody_is_refused_because_of_it() => InWorld(async world =>
    {
        Task<ProposalResult>? late = null;
        RaftServer? server = null;
        bool wasRefused = true;
        world.Observer = new CallingObserver(RaftEventKind.Faulted, () =>
        {
            late = server!.ProposeAsync(new byte[] { 2 });
            wasRefused = late.IsCompleted;
        });
        server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.BreakDisk(new IOException("no space left on device"));

        await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);

        Assert.False(wasRefused, "a call was refused before the fault was reported");
        Assert.Equal(ProposalRefusalReason.Stopped, (await Assert.ThrowsAsync<ProposalRefusedException>(() => late!)).Reason);
    });

    [Fact]
    public void A_state_machine_that_throws_stops_the_server() => InWorld(async world =>
    {
        world.Machine.OnApply = (_, _) => throw new FormatException("not a command");
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));
        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StopAsync());

        Assert.IsType<FormatException>(stopped.InnerException);
    });

    [Fact]
    public void Proposals_that_come_together_are_written_together() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        int before = world.Writes;

        Task<ProposalResult>[] proposals = [.. Enumerable.Range(0, 20).Select(i => server.ProposeAsync(new[] { (byte)i }))];
        await Tasks.AllAsync([.. proposals]);

        Assert.InRange(world.Writes - before, 1, 2);
        Assert.Equal(Enumerable.Range(2, 20).Select(i => (long)i), proposals.Select(proposal => proposal.Result.Index.Value));
    });

    [Fact]
    public void A_read_waits_for_the_command_that_is_being_applied() => InWorld(async world =>
    {
        int applied = 0;
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Machine.OnApply = async (_, _) =>
        {
            await held.Task;
            applied++;
        };
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Task<ProposalResult> proposal = server.ProposeAsync(new byte[] { 1 });
        await world.UntilAppliesAsync();

        Task<ReadResult<int>> read = server.ReadAsync(() => applied);
        await world.DelayAsync(10);
        Assert.False(read.IsCompleted);
        held.SetResult();

        Assert.Equal(new ReadResult<int>(new LogIndex(2), 1), await read);
        await proposal;
    });

    [Fact]
    public void A_server_that_does_not_lead_or_was_deposed_or_has_stopped_refuses_reads() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        Assert.Equal(ReadRefusalReason.NotLeader, (await Refused(server)).Reason);

        Term term = await world.WinsAsync(server);
        Task<ReadResult<int>> waiting = server.ReadAsync(() => 1);
        await world.DelayAsync(10);
        server.Receive(new AppendEntries(new ServerId(2), server.Id, new Term(term.Value + 100), LogIndex.Zero, Term.Zero, default, LogIndex.Zero));
        ReadRefusedException deposed = await Assert.ThrowsAsync<ReadRefusedException>(() => waiting);
        Assert.Equal((ReadRefusalReason.LeadershipLost, new ServerId(2)), (deposed.Reason, deposed.Leader));

        await world.WinsAsync(server);
        waiting = server.ReadAsync(() => 1);
        await server.StopAsync();
        Assert.Equal(ReadRefusalReason.Stopped, (await Assert.ThrowsAsync<ReadRefusedException>(() => waiting)).Reason);
        Assert.Equal(ReadRefusalReason.Stopped, (await Refused(server)).Reason);

        static Task<ReadRefusedException> Refused(RaftServer server) => Assert.ThrowsAsync<ReadRefusedException>(() => server.ReadAsync(() => 1));
    });

    [Fact]
    public void A_leader_without_an_entry_of_its_term_that_appends_no_empty_one_refuses_reads() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync(with: core => core with { AppendEmptyEntryOnElection = false });
        while (server.GetStatus().Role != Role.Leader)
        {
            await world.DelayAsync(50);
        }

        ReadRefusedException refusal = await Assert.ThrowsAsync<ReadRefusedException>(() => server.ReadAsync(() => 1));
        Assert.Equal(ReadRefusalReason.NothingProposedInTerm, refusal.Reason);

        await server.ProposeAsync(new byte[] { 1 });
        Assert.Equal(1, (await server.ReadAsync(() => 1)).Value);
    });

    [Fact]
    public void A_query_that_throws_fails_its_caller_and_not_the_server() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        await Assert.ThrowsAsync<FormatException>(() => server.ReadAsync<int>(() => throw new FormatException("my mistake")));

        Assert.Equal(1, (await server.ReadAsync(() => 1)).Value);
    });

    [Fact]
    public void Reads_that_come_together_share_a_round() => InWorld(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        await world.WinsAsync(server);
        int before = world.Sent;

        for (int i = 0; i < 20; i++)
        {
            _ = server.ReadAsync(() => 1);
        }

        await world.NextAsync();
        Assert.InRange(world.Sent - before, 0, 6);
        await server.StopAsync();
    });

    internal static void InWorld(Func<LonelyWorld, Task> test)
    {
        foreach (bool timed in new[] { true, false })
        {
            RandomStrategy strategy = new();
            strategy.Begin(seed: 3, servers: 1, expectedSteps: 100);
            ControlledRuntime runtime = new(strategy, timed, new ScheduleBounds(2000, 20_000));
            runtime.Run(() => test(new LonelyWorld(runtime)));
            Assert.True(runtime.FailedProperty is null, $"{runtime.FailedProperty}: {runtime.FailureMessage}");
        }
    }
}

/// <summary>A controlled world with the parts of one server in it.</summary>
internal sealed class LonelyWorld(ControlledRuntime runtime)
{
    private readonly ISimulatedProcess _process = runtime.CreateProcess(1, "S1");
    private TaskCompletionSource? _held;
    private Exception? _broken;

    public SimulatedDisk Disk { get; } = new(new ServerId(1), NullRaftObserver.Instance);

    public EchoMachine Machine { get; } = new();

    public int Writes { get; private set; }

    public IRaftObserver Observer { get; set; } = NullRaftObserver.Instance;

    public int Sent { get; private set; }

    public bool LoadsNull { get; set; }

    public async Task<RaftServer> StartAsync(int servers = 1, Func<RaftCoreOptions, RaftCoreOptions>? with = null, long snapshotBytes = 0)
    {
        RaftCoreOptions core = new() { Id = new ServerId(1), Servers = [.. Enumerable.Range(1, servers).Select(i => new ServerId(i))] };
        RaftServer server = await RaftServer.StartAsync(
            new RaftOptions
            {
                Core = with?.Invoke(core) ?? core,
                SnapshotThreshold = 0,
                SnapshotBytes = snapshotBytes,
            },
            new RaftEnvironment
            {
                Storage = LoadsNull ? new EmptyHanded() : new SimulatedStorage(Disk, FlushAsync),
                Transport = new NoTransport(() => Sent++),
                StateMachine = Machine,
                Time = _process.Time,
                Random = _process.Random,
                Tasks = new ProcessTasks(_process),
                Observer = Observer,
            });
        Machine.Server = server;
        return server;
    }

    public async Task LeadsAsync(RaftServer server)
    {
        while (server.GetStatus().Role != Role.Leader || server.GetStatus().AppliedIndex < new LogIndex(1))
        {
            await DelayAsync(50);
        }
    }

    /// <summary>Waits until one of three servers is a candidate, and votes for it in the name of S2.</summary>
    public async Task<Term> WinsAsync(RaftServer server)
    {
        while (server.GetStatus().Role != Role.Leader)
        {
            RaftStatus status = server.GetStatus();
            if (status.Role == Role.Candidate)
            {
                server.Receive(new RequestVoteReply(new ServerId(2), server.Id, status.Term, status.Term, true));
            }

            await NextAsync();
        }

        return server.GetStatus().Term;
    }

    public async Task UntilAppliesAsync()
    {
        while (!Machine.IsApplying)
        {
            await NextAsync();
        }
    }

    /// <summary>Lets a millisecond go by, or one timer.</summary>
    public async Task NextAsync()
    {
        TaskCompletionSource elapsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Time.CreateTimer(_ => elapsed.TrySetResult(), null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        await elapsed.Task;
    }

    public async Task DelayAsync(int milliseconds)
    {
        // In untimed schedules one timer says little: let many go by.
        for (int i = 0; i < (runtime.IsTimed ? 1 : 50); i++)
        {
            TaskCompletionSource elapsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _process.Time.CreateTimer(_ => elapsed.TrySetResult(), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
            await elapsed.Task;
        }
    }

    public void HoldDisk() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseDisk() => _held!.SetResult();

    public void BreakDisk(Exception exception) => _broken = exception;

    private async Task FlushAsync()
    {
        Writes++;
        if (_broken is not null)
        {
            throw _broken;
        }

        if (_held is not null)
        {
            await _held.Task;
        }
    }

    private sealed class EmptyHanded : IRaftStorage
    {
        public ValueTask<DurableState> LoadAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<DurableState>(null!);

        public ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes, CancellationToken cancellationToken = default) => throw new NotSupportedException("nothing was loaded");
    }

    private sealed class NoTransport(Action sent) : IRaftTransport
    {
        public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default)
        {
            sent();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Answers a command with itself.</summary>
internal sealed class EchoMachine : IRaftStateMachine
{
    public RaftServer? Server { get; set; }

    public Func<RaftServer, LogIndex, Task>? OnApply { get; set; }

    public Func<Task>? OnRestore { get; set; }

    public bool IsApplying { get; private set; }

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        IsApplying = true;
        if (OnApply is not null)
        {
            await OnApply(Server!, index);
        }

        return command;
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<ReadOnlyMemory<byte>>(new byte[] { 1 });

    public async ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        if (OnRestore is not null)
        {
            await OnRestore();
        }
    }
}

/// <summary>Does something at the first event of a kind.</summary>
internal sealed class CallingObserver(RaftEventKind kind, Action call) : IRaftObserver
{
    private bool _called;

    public void OnEvent(in RaftEvent raftEvent)
    {
        if (raftEvent.Kind == kind && !_called)
        {
            _called = true;
            call();
        }
    }
}

/// <summary>Fails at one kind of event, and when it is told that it did.</summary>
internal sealed class FailingObserver(RaftEventKind kind) : IRaftObserver
{
    public void OnEvent(in RaftEvent raftEvent)
    {
        if (raftEvent.Kind == kind || raftEvent.Kind == RaftEventKind.Faulted)
        {
            throw new NotSupportedException("the observer is broken");
        }
    }
}
