using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;
using Xunit;

namespace Raft.Verified.Tests.Specifications;

/// <summary>
/// Tells a run event by event to the monitors, with one safety property watched. Servers are numbers; an entry is written
/// (index, term, command), and no command makes the empty entry.
/// </summary>
internal sealed class EventScript
{
    private readonly string _property;
    private readonly Monitors _monitors;

    public EventScript(string property, int servers = 3, bool withModel = true, DeterminismOptions? determinism = null)
    {
        _property = property;
        Func<IStateMachineModel>? model = withModel ? () => new AppendingModel() : null;
        _monitors = new Monitors(servers, model, Properties.CreateAll(model, determinism).Where(p => p.Name == property));
        for (int server = 1; server <= servers; server++)
        {
            Start(server);
        }
    }

    public ClusterView View => _monitors.View;

    /// <summary>The events so far, in order, from the starts of all servers on.</summary>
    public List<RaftEvent> Events { get; } = [];

    public string Property => _property;

    public Violation? Violation => _monitors.Violation;

    public static LogEntry Entry(long index, long term, string? command = null) => new(
        new Term(term), new LogIndex(index), command is null ? EntryKind.Empty : EntryKind.Command, Encoding.ASCII.GetBytes(command ?? ""));

    public static Snapshot SnapshotOf(long index, long term, string data) => new(new LogIndex(index), new Term(term), Encoding.ASCII.GetBytes(data));

    public static DurableState Disk(long term, int vote = 0, Snapshot? snapshot = null, params LogEntry[] entries) =>
        new(new Term(term), new ServerId(vote), snapshot, entries);

    public EventScript Start(int server, DurableState? disk = null)
    {
        disk ??= DurableState.Empty;
        return On(new() { Kind = RaftEventKind.Started, Server = new(server), Term = disk.CurrentTerm, Peer = disk.VotedFor, Subject = disk });
    }

    public EventScript Crash(int server) => On(new() { Kind = RaftEventKind.Crashed, Server = new(server) });

    public EventScript Stop(int server) => On(new() { Kind = RaftEventKind.Stopped, Server = new(server) });

    public EventScript Fault(int server, Exception exception) => On(new() { Kind = RaftEventKind.Faulted, Server = new(server), Subject = exception });

    public EventScript Term(int server, long term) =>
        On(new() { Kind = RaftEventKind.TermAdvanced, Server = new(server), Term = new(term), OtherTerm = View[new(server)].Term });

    public EventScript Vote(int server, long term, int candidate) =>
        On(new() { Kind = RaftEventKind.Voted, Server = new(server), Term = new(term), Peer = new(candidate) });

    public EventScript Become(Role role, int server) => Become(role, server, View[new(server)].Term.Value);

    public EventScript Become(Role role, int server, long term) =>
        On(new() { Kind = RaftEventKind.RoleChanged, Server = new(server), Term = new(term), Role = role });

    /// <summary>The server goes to a term and leads it; how it got the votes is left out.</summary>
    public EventScript Lead(int server, long term) => Term(server, term).Become(Role.Candidate, server).Become(Role.Leader, server);

    public EventScript Append(int server, params LogEntry[] entries) => ForEach(entries, RaftEventKind.EntryAppended, server);

    public EventScript Write(int server, params LogEntry[] entries) => ForEach(entries, RaftEventKind.DiskAppended, server);

    public EventScript AppendAndWrite(int server, params LogEntry[] entries) => Append(server, entries).Write(server, entries);

    public EventScript Truncate(int server, long from) =>
        On(new() { Kind = RaftEventKind.LogTruncated, Server = new(server), Index = new(from), OtherIndex = new(from - 1) });

    public EventScript TruncateDisk(int server, long from) =>
        On(new() { Kind = RaftEventKind.DiskTruncated, Server = new(server), Index = new(from), OtherIndex = new(from - 1) });

    public EventScript Commit(int server, long index, long? before = null)
    {
        ServerView view = View[new(server)];
        LogIndex was = before is { } other ? new LogIndex(other) : view.CommitIndex;
        return On(new() { Kind = RaftEventKind.CommitAdvanced, Server = view.Id, Term = view.Term, Index = new(index), OtherIndex = was });
    }

    public EventScript Apply(int server, params LogEntry[] entries) => ForEach(entries, RaftEventKind.Applied, server);

    /// <summary>The server applies a command and answers it.</summary>
    public EventScript Answer(int server, LogEntry entry, ReadOnlyMemory<byte> answer) =>
        On(RaftEvents.Applied(new(server), View[new(server)].Term, entry, answer));

    public EventScript Answer(int server, LogEntry entry, string answer) => Answer(server, entry, Encoding.ASCII.GetBytes(answer));

    public EventScript Compact(int server, Snapshot snapshot) => OnSnapshot(RaftEventKind.LogCompacted, server, snapshot, View[new(server)].Log.LastIndex);

    public EventScript Install(int server, Snapshot snapshot, long last) => OnSnapshot(RaftEventKind.SnapshotInstalled, server, snapshot, new(last));

    public EventScript Restore(int server, Snapshot snapshot) => OnSnapshot(RaftEventKind.Restored, server, snapshot, default);

    public EventScript WriteSnapshot(int server, Snapshot snapshot, long last) => OnSnapshot(RaftEventKind.DiskSnapshot, server, snapshot, new(last));

    public EventScript WriteTerm(int server, long term, int vote = 0) =>
        On(new() { Kind = RaftEventKind.DiskTermAndVote, Server = new(server), OtherTerm = new(term), Peer = new(vote) });

    public EventScript Send(Message message) =>
        On(new() { Kind = RaftEventKind.MessageSent, Server = message.From, Term = message.Term, Peer = message.To, Subject = message });

    public EventScript Receive(Message message) =>
        On(new() { Kind = RaftEventKind.MessageReceived, Server = message.To, Term = View[message.To].Term, Peer = message.From, Subject = message });

    public EventScript ResetTimer(int server) => On(new() { Kind = RaftEventKind.ElectionTimerReset, Server = new(server), Term = View[new(server)].Term });

    public EventScript Complete(int server, long index, long term, string answer)
    {
        ProposalResult result = new(new(term), new(index), Encoding.ASCII.GetBytes(answer));
        return On(new() { Kind = RaftEventKind.ProposalCompleted, Server = new(server), Term = new(term), Index = new(index), OtherTerm = new(term), Subject = result });
    }

    public EventScript Refuse(int server, ProposalRefusalReason reason, long index, long term, int leader = 0)
    {
        ProposalRefusedException refusal = new(reason, new(leader), new(index));
        return On(new() { Kind = RaftEventKind.ProposalRefused, Server = new(server), Index = new(index), OtherTerm = new(term), Subject = refusal });
    }

    public EventScript TakeRead(int server, ReadRequest read) =>
        On(new() { Kind = RaftEventKind.ReadTaken, Server = new(server), Index = read.Index, Subject = read });

    public EventScript ServeRead(int server, ReadRequest read, long applied) =>
        On(new() { Kind = RaftEventKind.ReadServed, Server = new(server), Index = new(applied), Subject = read });

    public EventScript RefuseRead(int server, ReadRefusalReason reason, int leader = 0) =>
        On(new() { Kind = RaftEventKind.ReadRefused, Server = new(server), Term = View[new(server)].Term, Subject = new ReadRefusedException(reason, new(leader)) });

    public EventScript Call(ClientOperation operation) => On(new() { Kind = RaftEventKind.ClientCalled, Server = default, Subject = operation });

    public EventScript Answer(ClientOperation operation, long index, long term, string answer)
    {
        operation.Answer = new ProposalResult(new(term), new(index), Encoding.ASCII.GetBytes(answer));
        return On(new() { Kind = RaftEventKind.ClientAnswered, Server = default, Subject = operation });
    }

    public EventScript On(RaftEvent e)
    {
        Events.Add(e);
        _monitors.OnEvent(in e);
        return this;
    }

    /// <summary>Nothing told so far violates the property.</summary>
    public EventScript Fine()
    {
        Assert.Null(_monitors.Violation);
        return this;
    }

    /// <summary>Asserts that the last event violates the property, and that the message names these facts.</summary>
    public void Violates(params string[] facts)
    {
        Assert.NotNull(_monitors.Violation);
        Assert.Equal(_property, _monitors.Violation.Property);
        foreach (string fact in facts)
        {
            Assert.Contains(fact, _monitors.Violation.Message, StringComparison.Ordinal);
        }
    }

    private EventScript ForEach(LogEntry[] entries, RaftEventKind kind, int server)
    {
        foreach (LogEntry entry in entries)
        {
            On(new() { Kind = kind, Server = new(server), Term = View[new(server)].Term, Index = entry.Index, OtherTerm = entry.Term, Subject = entry });
        }

        return this;
    }

    private EventScript OnSnapshot(RaftEventKind kind, int server, Snapshot snapshot, LogIndex last) => On(new()
    {
        Kind = kind,
        Server = new(server),
        Term = View[new(server)].Term,
        Index = snapshot.LastIncludedIndex,
        OtherTerm = snapshot.LastIncludedTerm,
        OtherIndex = last,
        Subject = snapshot,
    });
}
