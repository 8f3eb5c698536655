using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Coverage;
using Raft.Verified.Specifications;

namespace Raft.Verified.Tests.Coverage;

/// <summary>Tells a run to a collector as an exploration does: each event before the view takes it over, and each of them a step of its own.</summary>
internal sealed class CoverageScript
{
    private readonly Monitors _monitors;
    private readonly CoverageCollector _collector;
    private readonly CoverageRecorder _recorder;

    public CoverageScript(int servers = 3, StateSet? known = null)
    {
        _monitors = new Monitors(servers, null, []);
        _collector = new CoverageCollector(servers);
        _recorder = new CoverageRecorder(new ScriptedRun(_collector, _monitors), [], known ?? new StateSet(1000));
    }

    public CoverageScript On(
        RaftEventKind kind, int server, long term = 0, long index = 0, int peer = 0, Role role = default, object? subject = null, long otherIndex = 0)
    {
        RaftEvent raftEvent = new()
        {
            Kind = kind,
            Server = new ServerId(server),
            Term = new Term(term),
            Index = new LogIndex(index),
            OtherIndex = new LogIndex(otherIndex),
            OtherTerm = new Term(term),
            Peer = new ServerId(peer),
            Role = role,
            Subject = subject,
        };
        _collector.OnEvent(in raftEvent, _monitors.View);
        _monitors.OnEvent(in raftEvent);
        _recorder.AfterStep();
        CurrentState = _collector.State != 0 ? _collector.State : CurrentState;
        return this;
    }

    public CoverageScript StartAll(params int[] servers)
    {
        foreach (int server in servers)
        {
            On(RaftEventKind.Started, server, subject: DurableState.Empty);
        }

        return this;
    }

    public CoverageScript Candidate(int server, long term) =>
        On(RaftEventKind.TermAdvanced, server, term).On(RaftEventKind.Voted, server, term, peer: server)
        .On(RaftEventKind.DiskTermAndVote, server, term, peer: server).On(RaftEventKind.RoleChanged, server, term, role: Role.Candidate);

    public CoverageScript Lead(int server, long term) => Candidate(server, term).On(RaftEventKind.RoleChanged, server, term, role: Role.Leader);

    public CoverageScript Append(int server, long term, long index) =>
        On(RaftEventKind.EntryAppended, server, term, index, subject: new LogEntry(new Term(term), new LogIndex(index), EntryKind.Empty, default));

    public CoverageScript Receive(Message message) =>
        On(RaftEventKind.MessageReceived, message.To.Value, peer: message.From.Value, subject: message);

    public CoverageScript Act(int server, ClusterAct act) => On(RaftEventKind.Environment, server, subject: act);

    public ulong CurrentState { get; private set; }

    public ScheduleCoverage Take() => _recorder.Take();

    public CoverageReport Report()
    {
        CoverageTotals totals = new();
        totals.Add(Take());
        return totals.Read();
    }

    private sealed class ScriptedRun(CoverageCollector collector, Monitors monitors) : IExploredRun
    {
        public ulong AbstractState => collector.State;

        public int[] Counts => collector.Counts;

        public Task RunAsync() => Task.CompletedTask;

        public void AfterStep() => collector.AfterStep(monitors.View);
    }
}
