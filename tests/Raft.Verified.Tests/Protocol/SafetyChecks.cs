using System.Text;
using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>The properties of the paper's Figure 3, and that nothing is told before it is durable; checked after every step.</summary>
internal sealed class SafetyChecks(CoreHarness[] servers)
{
    private readonly Dictionary<Term, ServerId> _leaders = [];
    private readonly Dictionary<(ServerId Voter, Term Term), ServerId> _votesTold = [];
    private readonly List<LogEntry> _committed = [];
    private readonly LogIndex[] _applied = new LogIndex[servers.Length];
    private readonly (Term Term, LogIndex Commit)[] _before = new (Term, LogIndex)[servers.Length];

    /// <summary>The number of times that each event worth meeting has happened.</summary>
    public Dictionary<string, int> Reached { get; } = [];

    /// <summary>Returns the content of a state machine after the prefix up to <paramref name="index"/>: the terms of its entries.</summary>
    public string StateAfter(long index) => string.Join(',', _committed.Take((int)index).Select(e => e.Term));

    public string AppliedBy(int id) => StateAfter(_applied[id].Value);

    public void Crashed(int id)
    {
        _applied[id] = LogIndex.Zero;
        _before[id] = default;
    }

    /// <summary>A message leaves: what it promises must be on the sender's disk, unless the sender has gone on to a later term.</summary>
    public void Sent(Message message)
    {
        ModelDisk disk = servers[message.From.Value].Disk;
        if (message is RequestVote || message is RequestVoteReply { VoteGranted: true })
        {
            ServerId candidate = message is RequestVote ? message.From : message.To;
            Assert.True(disk.CurrentTerm > message.Term || (disk.CurrentTerm == message.Term && disk.VotedFor == candidate),
                $"{message.From} tells a vote that its disk does not hold: {message}");
            if (!_votesTold.TryAdd((message.From, message.Term), candidate))
            {
                Assert.Equal(_votesTold[(message.From, message.Term)], candidate);
            }
        }

        Assert.True(message.Term <= disk.CurrentTerm, $"{message.From} tells a term that its disk does not hold: {message}");
        LogIndex promised = message switch
        {
            AppendEntriesReply { Success: true } reply => reply.MatchIndex,
            InstallSnapshotReply { Installed: true } reply => reply.LastIncludedIndex,
            _ => LogIndex.Zero,
        };
        Assert.True(disk.CurrentTerm > message.Term || disk.LastIndex >= promised,
            $"{message.From} acknowledges what its disk does not hold: {message}");
    }

    public void Stepped(int id, Step step)
    {
        RaftCore core = servers[id].Core;
        foreach (RaftEvent raftEvent in servers[id].Events)
        {
            Note(raftEvent, step);
            Check(id, raftEvent);
        }

        servers[id].Events.Clear();
        Assert.True(core.CurrentTerm >= _before[id].Term && core.CommitIndex >= _before[id].Commit, "term or commit index went back");
        _before[id] = (core.CurrentTerm, core.CommitIndex);
        Assert.True(core.LastApplied <= core.CommitIndex);
        Assert.True(core.CommitIndex <= core.Log.LastIndex);
        Assert.True(core.DurableIndex <= core.Log.LastIndex);
        Apply(id, step);
        CheckProgress(core);
        foreach (CoreHarness other in servers.Skip(1))
        {
            CheckLogsMatch(core.Log, other.Core.Log);
        }
    }

    private void Check(int id, RaftEvent raftEvent)
    {
        RaftCore core = servers[id].Core;
        switch (raftEvent.Kind)
        {
            case RaftEventKind.RoleChanged when raftEvent.Role == Role.Leader:
                Assert.True(_leaders.TryAdd(raftEvent.Term, core.Id) || _leaders[raftEvent.Term] == core.Id,
                    $"two leaders of term {raftEvent.Term}: {_leaders[raftEvent.Term]} and {core.Id}");
                Assert.All(_committed, e => Assert.True(Holds(core.Log, e), $"leader {core.Id} of term {raftEvent.Term} lacks {e}"));
                break;
            case RaftEventKind.LogTruncated:
                Assert.NotEqual(Role.Leader, raftEvent.Role);
                Assert.True(raftEvent.Index > _before[id].Commit, $"{core.Id} deletes committed entries from {raftEvent.Index} on");
                break;
            case RaftEventKind.CommitAdvanced:
                CheckCommitted(core, raftEvent);
                break;
            default:
                break;
        }
    }

    private void Note(RaftEvent raftEvent, Step step)
    {
        string what = raftEvent.Kind switch
        {
            RaftEventKind.RoleChanged => raftEvent.Role.ToString(),
            RaftEventKind.SnapshotInstalled when raftEvent.OtherIndex > raftEvent.Index => "Suffix kept",
            RaftEventKind.Started when step.Write is not null => "Log cut at restart",
            RaftEventKind.Started when step.Restore is not null => "Restart from a snapshot",
            _ => raftEvent.Kind.ToString(),
        };
        what = what == nameof(Role.Follower) && step.Timers.HasFlag(TimerEffects.StopHeartbeat) ? "Leader deposed" : what;
        Reached[what] = Reached.GetValueOrDefault(what) + 1;
    }

    private void CheckCommitted(RaftCore core, RaftEvent raftEvent)
    {
        LogIndex first = LogIndex.Max(raftEvent.OtherIndex, core.Log.SnapshotIndex).Next();
        for (LogIndex index = first; index <= raftEvent.Index; index = index.Next())
        {
            LogEntry entry = core.Log[index];
            if (index.Value <= _committed.Count)
            {
                LogEntry before = _committed[(int)index.Value - 1];
                Assert.True(entry.HasSameContentAs(before), $"{core.Id} commits {entry} where others committed {before}");
            }
            else
            {
                Assert.Equal(Role.Leader, raftEvent.Role);
                Assert.Equal(_committed.Count + 1, index.Value);
                _committed.Add(entry);
            }
        }

        LogIndex last = raftEvent.Index;
        Assert.True(last.Value <= _committed.Count, $"{core.Id} commits {last}, which no leader has committed");
        int disks = servers.Skip(1).Count(s => s.Disk.Holds(_committed[(int)last.Value - 1]));
        Assert.True(disks >= Quorum.Size(servers.Length - 1), $"the committed entry {last} is on {disks} disks only");
    }

    private void Apply(int id, Step step)
    {
        if (step.Restore is { } snapshot)
        {
            Assert.True(snapshot.LastIncludedIndex > _applied[id], "the state machine goes back");
            LogEntry last = _committed[(int)snapshot.LastIncludedIndex.Value - 1];
            Assert.True(servers[id].Disk.Holds(last), $"S{id} restores {snapshot}, which its disk does not hold");
            Assert.Equal(StateAfter(snapshot.LastIncludedIndex.Value), Encoding.UTF8.GetString(snapshot.Data.Span));
            _applied[id] = snapshot.LastIncludedIndex;
        }

        foreach (LogEntry entry in step.Committed)
        {
            Assert.Equal(_applied[id].Next(), entry.Index);
            Assert.True(entry.HasSameContentAs(_committed[(int)entry.Index.Value - 1]));
            Assert.True(servers[id].Disk.Holds(entry), $"S{id} applies {entry}, which its disk does not hold");
            _applied[id] = entry.Index;
        }
    }

    // What a leader believes of a follower in its own term is what that follower's disk holds.
    private void CheckProgress(RaftCore core)
    {
        foreach (CoreHarness other in servers.Skip(1))
        {
            if (core.Role == Role.Leader && core.ProgressOf(other.Core.Id) is { } progress && other.Core.CurrentTerm == core.CurrentTerm)
            {
                Assert.True(progress.NextIndex > progress.MatchIndex);
                Assert.True(progress.MatchIndex <= core.Log.SnapshotIndex || other.Disk.Holds(core.Log[progress.MatchIndex]),
                    $"{core.Id} believes that {other.Core.Id} holds {progress.MatchIndex}");
            }
        }
    }

    private static bool Holds(RaftLog log, LogEntry entry) => entry.Index <= log.SnapshotIndex || log.Contains(entry.Index, entry.Term);

    private static void CheckLogsMatch(RaftLog left, RaftLog right)
    {
        bool same = false;
        LogIndex first = LogIndex.Max(left.SnapshotIndex, right.SnapshotIndex);
        for (LogIndex index = LogIndex.Min(left.LastIndex, right.LastIndex); index > first; index = index.Previous())
        {
            Assert.True(!same || left[index].HasSameContentAs(right[index]),
                $"logs match behind {index} but differ there: {Text(left)} | {Text(right)}");
            same |= left[index].Term == right[index].Term;
        }
    }
}
