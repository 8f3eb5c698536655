using System.Runtime.CompilerServices;
using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>One server of a <see cref="Script"/>: what the script lets happen to it, and what can be seen of it.</summary>
public sealed class ScriptedServer
{
    private const int UsualDraw = 1000;
    private readonly Script _script;
    private readonly Queue<int> _draws = new();

    internal ScriptedServer(Script script, ServerId id)
    {
        _script = script;
        Id = id;
    }

    /// <summary>The server's name.</summary>
    public ServerId Id { get; }

    /// <summary>Whether it is up.</summary>
    public bool IsUp => Simulated.Server is not null;

    /// <summary>Its role, as it says itself.</summary>
    public Role Role => Running.GetStatus().Role;

    /// <summary>Its current term, as it says itself.</summary>
    public long Term => Running.GetStatus().Term.Value;

    /// <summary>The leader that it follows, as it says itself; none when it knows none.</summary>
    public ServerId Leader => Running.GetStatus().Leader;

    /// <summary>Its commit index.</summary>
    public long Commit => Running.GetStatus().CommitIndex.Value;

    /// <summary>The last entry that its state machine has applied.</summary>
    public long Applied => Running.GetStatus().AppliedIndex.Value;

    /// <summary>Whom it has voted for in its term.</summary>
    public ServerId VotedFor => View.VotedFor;

    /// <summary>Its log: <c>x/1</c> for the command x of term 1, <c>-/1</c> for an empty entry, first of all <c>[9/1]</c> for a snapshot through 9.</summary>
    public string Log => Text(View.Log);

    /// <summary>The log on its disk, in the same form.</summary>
    public string DiskLog => Text(View.Disk.Log);

    /// <summary>What was delivered to the state machine in this life: <c>3</c> for the command at index 3, <c>[9]</c> for a snapshot through 9.</summary>
    public string Delivered => Machine.Delivered;

    /// <summary>Whether the state machine stands in the middle of a command.</summary>
    public bool IsApplyHeld => Machine.IsHeld;

    private SimulatedServer Simulated => _script.World.Cluster[Id];

    private RaftServer Running => Simulated.Server ?? throw new ScriptException($"{Id} is down");

    private ScriptMachine Machine => (ScriptMachine)(Simulated.StateMachine ?? throw new ScriptException($"{Id} is down"));

    private ServerView View => _script.World.Cluster.View[Id];

    /// <summary>The way from one server to another.</summary>
    public static Link operator >>(ScriptedServer from, ScriptedServer to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new Link(from.Id, to.Id);
    }

    /// <summary>As a leader: the highest entry that it knows to be on another server's disk.</summary>
    /// <param name="follower">The other server.</param>
    public long MatchOf(ScriptedServer follower) => Progress(follower).MatchIndex.Value;

    /// <summary>As a leader: the next entry it will send to another server.</summary>
    /// <param name="follower">The other server.</param>
    public long NextOf(ScriptedServer follower) => Progress(follower).NextIndex.Value;

    /// <summary>Gives the next election time-outs that the server draws; when there are none, it draws 1000 ms.</summary>
    /// <param name="milliseconds">The time-outs, each 100 to 10,000.</param>
    public void Draws(params int[] milliseconds)
    {
        foreach (int time in milliseconds)
        {
            _draws.Enqueue(time);
        }
    }

    /// <summary>Its election timer runs out, though it may not be due; virtual time goes on to when it was.</summary>
    /// <param name="line">The script's line.</param>
    public void TimesOut([CallerLineNumber] int line = 0) => RunsOut("election timer", $"{Id}.TimesOut()", line);

    /// <summary>Its heartbeat timer runs out, though it may not be due; virtual time goes on to when it was.</summary>
    /// <param name="line">The script's line.</param>
    public void SendsHeartbeats([CallerLineNumber] int line = 0) => RunsOut("heartbeat timer", $"{Id}.SendsHeartbeats()", line);

    /// <summary>Clients propose commands, all at the same moment.</summary>
    /// <param name="commands">The commands: words without blanks.</param>
    /// <returns>The server's answers, to be looked at when they have come.</returns>
    public IReadOnlyList<Task<ProposalResult>> Propose(params string[] commands)
    {
        RaftServer server = Running;
        Task<ProposalResult>[] answers = [.. commands.Select(command => server.ProposeAsync(Encoding.UTF8.GetBytes(command)))];
        _script.Settle(0, $"{Id}.Propose({string.Join(", ", commands)})");
        return answers;
    }

    /// <summary>A client asks for what was delivered, without the log.</summary>
    /// <returns>The server's answer, to be looked at when it has come.</returns>
    public Task<ReadResult<string>> Reads()
    {
        ScriptMachine machine = Machine;
        Task<ReadResult<string>> answer = Running.ReadAsync(() => machine.Delivered);
        _script.Settle(0, $"{Id}.Reads()");
        return answer;
    }

    /// <summary>The service above compacts the log up to what it has applied.</summary>
    /// <returns>The server's answer.</returns>
    public Task Compacts()
    {
        Task done = Running.CompactAsync(Running.GetStatus().AppliedIndex, Machine.State);
        _script.Settle(0, $"{Id}.Compacts()");
        return done;
    }

    /// <summary>The service above will compact the log in the middle of each command, and wait for it.</summary>
    public void CompactsDuringApply() => Machine.DuringApply = (index, state) => Running.CompactAsync(index, state);

    /// <summary>The state machine will stop in the middle of the command at an index.</summary>
    /// <param name="index">The index.</param>
    public void HoldsApplyAt(long index) => Machine.HoldAt = new LogIndex(index);

    /// <summary>The state machine goes on.</summary>
    /// <param name="line">The script's line.</param>
    public void ReleasesApply([CallerLineNumber] int line = 0)
    {
        if (!IsApplyHeld)
        {
            throw _script.Impossible(line, $"{Id}.ReleasesApply()", $"the state machine is not held; it was given {Delivered}");
        }

        Machine.Release();
        _script.Settle(line, $"{Id}.ReleasesApply()");
    }

    /// <summary>From here on a flush of its disk does not end before <see cref="Flushes"/>.</summary>
    public void HoldsDisk() => _script.World.HeldDisks.Add(Id);

    /// <summary>The flush on its way ends, and the disk is held further on.</summary>
    /// <param name="line">The script's line.</param>
    public void Flushes([CallerLineNumber] int line = 0)
    {
        if (!_script.World.Flush(Id))
        {
            throw _script.Impossible(line, $"{Id}.Flushes()", "no flush is on its way");
        }

        _script.Settle(line, $"{Id}.Flushes()");
    }

    /// <summary>Its disk flushes at once again.</summary>
    /// <param name="line">The script's line.</param>
    public void ReleasesDisk([CallerLineNumber] int line = 0)
    {
        _script.World.HeldDisks.Remove(Id);
        _script.Settle(line, $"{Id}.ReleasesDisk()");
    }

    /// <summary>Its process dies now.</summary>
    /// <param name="survivingParts">How many parts of what was not flushed are on the disk all the same (see <see cref="DurableWrite"/>); at most all.</param>
    /// <param name="line">The script's line.</param>
    public void Crashes(int survivingParts = 0, [CallerLineNumber] int line = 0)
    {
        MustBeUp(line, $"{Id}.Crashes()");
        _script.SurvivingParts = survivingParts;
        Simulated.Crash();
        _script.Settle(line, $"{Id}.Crashes()");
    }

    /// <summary>Its process will die after it has run some more pieces of its tasks, from one await to the next.</summary>
    /// <param name="steps">How many pieces; at least 1.</param>
    /// <param name="survivingParts">As in <see cref="Crashes"/>.</param>
    /// <param name="line">The script's line.</param>
    public void WillCrashAfter(int steps, int survivingParts = 0, [CallerLineNumber] int line = 0)
    {
        MustBeUp(line, $"{Id}.WillCrashAfter({steps})");
        _script.SurvivingParts = survivingParts;
        Simulated.CrashAfterSteps(steps);
    }

    /// <summary>Takes <see cref="WillCrashAfter"/> back, if the crash has not come yet.</summary>
    public void WillNotCrash() => Simulated.CancelCrash();

    /// <summary>It starts from what its disk holds.</summary>
    /// <param name="line">The script's line.</param>
    public void Restarts([CallerLineNumber] int line = 0)
    {
        if (IsUp)
        {
            throw _script.Impossible(line, $"{Id}.Restarts()", $"{Id} is up");
        }

        Simulated.Start();
        _script.Settle(line, $"{Id}.Restarts()");
    }

    /// <inheritdoc />
    public override string ToString() => Id.ToString();

    internal int NextDraw() => _draws.TryDequeue(out int milliseconds) ? milliseconds : UsualDraw;

    private static string Text(LogView log)
    {
        List<string> words = [];
        if (log.SnapshotIndex > LogIndex.Zero)
        {
            words.Add($"[{log.SnapshotIndex}/{log.SnapshotTerm}]");
        }

        for (LogIndex index = log.SnapshotIndex.Next(); index <= log.LastIndex; index = index.Next())
        {
            LogEntry entry = log[index]!;
            words.Add($"{(entry.Kind == EntryKind.Empty ? "-" : Encoding.UTF8.GetString(entry.Command.Span))}/{entry.Term}");
        }

        return string.Join(' ', words);
    }

    private void RunsOut(string timer, string doing, int line)
    {
        MustBeUp(line, doing);
        if (!_script.World.RunOut(Id, timer))
        {
            throw _script.Impossible(line, doing, $"its {timer} is not set; it has {_script.World.Timers(Id)}");
        }

        _script.Settle(line, doing);
    }

    private void MustBeUp(int line, string doing)
    {
        if (!IsUp)
        {
            throw _script.Impossible(line, doing, $"{Id} is down");
        }
    }

    private FollowerStatus Progress(ScriptedServer follower) =>
        Running.GetFollowers().FirstOrDefault(status => status.Id == follower.Id)
        ?? throw new ScriptException($"{Id} is no leader in term {Term}: it knows nothing of {follower}");
}
