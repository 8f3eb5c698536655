using System.Text;
using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>One core with its disk, and the messages of its peers. The core under test is S1 unless stated otherwise.</summary>
internal sealed class CoreHarness : IRaftObserver
{
    private readonly RaftCoreOptions _options;

    public CoreHarness(RaftCoreOptions options, ModelDisk disk)
    {
        _options = options;
        Disk = disk;
        Core = new RaftCore(options, disk.State, this);
    }

    public RaftCore Core { get; }

    public ModelDisk Disk { get; }

    public List<RaftEvent> Events { get; } = [];

    public int Id => Core.Id.Value;

    public string LogText => Text(Core.Log);

    /// <summary>A started follower whose disk holds this log and term. Lab preset: no empty entry on election, unless asked for.</summary>
    public static CoreHarness Follower(
        string log, long term, int votedFor = 0, int servers = 3, int id = 1, bool emptyEntry = false,
        Func<RaftCoreOptions, RaftCoreOptions>? with = null)
    {
        CoreHarness harness = NotStarted(Durable(log, term, votedFor), servers, id, emptyEntry, with);
        harness.Start();
        harness.CompleteAll();
        harness.Events.Clear();
        return harness;
    }

    /// <summary>A server before its first step.</summary>
    public static CoreHarness NotStarted(
        DurableState durable, int servers = 3, int id = 1, bool emptyEntry = false, Func<RaftCoreOptions, RaftCoreOptions>? with = null)
    {
        RaftCoreOptions options = new()
        {
            Id = S(id),
            Servers = [.. Enumerable.Range(1, servers).Select(S)],
            AppendEmptyEntryOnElection = emptyEntry,
        };
        return new CoreHarness(with?.Invoke(options) ?? options, new ModelDisk(durable));
    }

    /// <summary>A candidate of <paramref name="term"/>, its own vote counted.</summary>
    public static CoreHarness Candidate(string log, long term, int servers = 3, int id = 1)
    {
        CoreHarness harness = Follower(log, term - 1, servers: servers, id: id);
        harness.Timeout();
        harness.CompleteAll();
        Assert.Equal(servers > 1 ? Role.Candidate : Role.Leader, harness.Core.Role);
        return harness;
    }

    /// <summary>
    /// The leader of <paramref name="term"/>, elected by all, with everything durable. Its first probes are on their way, and lost
    /// unless the test answers them.
    /// </summary>
    public static CoreHarness Leader(
        string log, long term, int servers = 3, int id = 1, bool emptyEntry = false, Func<RaftCoreOptions, RaftCoreOptions>? with = null)
    {
        CoreHarness harness = Follower(log, term - 1, 0, servers, id, emptyEntry, with);
        harness.Timeout();
        harness.CompleteAll();
        foreach (int peer in Enumerable.Range(1, servers).Where(peer => peer != id))
        {
            if (harness.Core.Role != Role.Leader)
            {
                harness.Receive(harness.Vote(peer));
            }
        }

        Assert.Equal(Role.Leader, harness.Core.Role);
        harness.CompleteAll();
        harness.Events.Clear();
        return harness;
    }

    /// <summary>The process dies after so many parts of the oldest write that is not done, and comes up again.</summary>
    public CoreHarness Restart(int parts = 0)
    {
        CoreHarness harness = Crash(parts);
        harness.Start();
        return harness;
    }

    /// <summary>As <see cref="Restart"/>, but the new process has not begun its first step.</summary>
    public CoreHarness Crash(int parts = 0) => new(_options, Disk.Crash(parts));

    public Step Start() => Take(Core.Start());

    public Step Timeout() => Take(Core.ElectionTimeout());

    public Step Heartbeat() => Take(Core.HeartbeatTimeout());

    public Step Receive(Message message) => Take(Core.Receive(message));

    public Step Propose(int count = 1)
    {
        IEnumerable<byte[]> commands = Enumerable.Range(1, count).Select(i => Encoding.UTF8.GetBytes($"c{i}"));
        return Take(Core.Propose([.. commands.Select(c => (ReadOnlyMemory<byte>)c)]));
    }

    public Step Read(ReadRequest read) => Take(Core.Read(read));

    public Step Compact(long index, string data = "state") => Take(Core.Compact(At(index), Encoding.UTF8.GetBytes(data)));

    public Step Complete() => Take(Core.WriteCompleted(Disk.CompleteNext()));

    public IReadOnlyList<Step> CompleteAll()
    {
        List<Step> steps = [];
        while (Disk.Pending > 0)
        {
            steps.Add(Complete());
            Assert.True(steps.Count < 1000, "every write asks for another");
        }

        return steps;
    }

    // Messages to this core; the term is the core's unless stated.
    public RequestVote AskVote(int from, long term, string last)
    {
        (LogIndex index, Term lastTerm) = Position(last);
        return new RequestVote(S(from), Core.Id, T(term), index, lastTerm);
    }

    public RequestVoteReply Vote(int from, bool granted = true, long? term = null, long? requestTerm = null) =>
        new(S(from), Core.Id, TermOr(term), TermOr(requestTerm ?? term), granted);

    public AppendEntries Append(int from, string prev, string terms = "", long commit = 0, long? term = null)
    {
        (LogIndex index, Term prevTerm) = Position(prev);
        return new AppendEntries(S(from), Core.Id, TermOr(term), index, prevTerm, Entries(index.Value + 1, terms), At(commit));
    }

    public AppendEntriesReply Appended(int from, long match, long prev = 0, long? term = null, long? requestTerm = null) =>
        new(S(from), Core.Id, TermOr(term), TermOr(requestTerm ?? term), true, At(prev), At(match), T(0), At(0), At(0));

    public AppendEntriesReply Refused(
        int from, long prev, long conflictTerm, long conflictIndex, long last, long? term = null, long? requestTerm = null) =>
        new(
            S(from), Core.Id, TermOr(term), TermOr(requestTerm ?? term), false, At(prev), At(0),
            T(conflictTerm), At(conflictIndex), At(last));

    public InstallSnapshot Install(int from, string position, string data = "state", int offset = 0, bool done = true, long? term = null)
    {
        (LogIndex index, Term lastTerm) = Position(position);
        return new InstallSnapshot(S(from), Core.Id, TermOr(term), index, lastTerm, offset, Encoding.UTF8.GetBytes(data), done);
    }

    public InstallSnapshotReply Installed(
        int from, long index, bool installed = true, int next = 0, long? term = null, long? requestTerm = null) =>
        new(S(from), Core.Id, TermOr(term), TermOr(requestTerm ?? term), At(index), next, installed);

    public FollowerProgress Progress(int server) => Core.ProgressOf(S(server))!;

    public RaftEvent[] EventsOf(RaftEventKind kind) => [.. Events.Where(e => e.Kind == kind)];

    public void OnEvent(in RaftEvent raftEvent) => Events.Add(raftEvent);

    private Step Take(Effects effects)
    {
        Step step = new(effects);
        if (step.Write is { } write)
        {
            Disk.Accept(write);
        }

        return step;
    }

    private Term TermOr(long? term) => term is { } value ? T(value) : Core.CurrentTerm;
}
