using System.Runtime.CompilerServices;
using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>One server of a <see cref="Script"/>: the actions of the script on it, and its visible state.</summary>
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

    /// <summary>The name of the server.</summary>
    public ServerId Id { get; }

    /// <summary>True when the server is up.</summary>
    public bool IsUp => Simulated.Server is not null;

    /// <summary>The role of the server according to its own status.</summary>
    public Role Role => Running.GetStatus().Role;

    /// <summary>The current term of the server according to its own status.</summary>
    public long Term => Running.GetStatus().Term.Value;

    /// <summary>The leader of the server according to its own status; none when it knows none.</summary>
    public ServerId Leader => Running.GetStatus().Leader;

    /// <summary>The commit index of the server.</summary>
    public long Commit => Running.GetStatus().CommitIndex.Value;

    /// <summary>The index of the last entry that its state machine has applied.</summary>
    public long Applied => Running.GetStatus().AppliedIndex.Value;

    /// <summary>The candidate that the server has voted for in its term; none when it has not voted.</summary>
    public ServerId VotedFor => View.VotedFor;

    /// <summary>
    /// The log of the server: <c>x/1</c> for the command x of term 1, <c>-/1</c> for an empty entry. A snapshot through
    /// 9 comes first, as <c>[9/1]</c>.
    /// </summary>
    public string Log => Text(View.Log);

    /// <summary>The log on its disk, in the same form.</summary>
    public string DiskLog => Text(View.Disk.Log);

    /// <summary>
    /// The deliveries to the state machine in this life: <c>3</c> for the command at index 3, <c>[9]</c> for a snapshot
    /// through 9.
    /// </summary>
    public string Delivered => Machine.Delivered;

    /// <summary>True when the state machine is stopped in the middle of a command.</summary>
    public bool IsApplyHeld => Machine.IsHeld;

    private SimulatedServer Simulated => _script.World.Cluster[Id];

    private RaftServer Running => Simulated.Server ?? throw new ScriptException($"{Id} is down");

    private ScriptMachine Machine => (ScriptMachine)(Simulated.StateMachine ?? throw new ScriptException($"{Id} is down"));

    private ServerView View => _script.World.Cluster.View[Id];

    /// <summary>Returns the link from one server to another.</summary>
    public static Link operator >>(ScriptedServer from, ScriptedServer to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new Link(from.Id, to.Id);
    }

    /// <summary>Returns the highest index that this leader knows to be on another server's disk.</summary>
    /// <param name="follower">The other server.</param>
    public long MatchOf(ScriptedServer follower) => Progress(follower).MatchIndex.Value;

    /// <summary>Returns the index of the next entry that this leader will send to another server.</summary>
    /// <param name="follower">The other server.</param>
    public long NextOf(ScriptedServer follower) => Progress(follower).NextIndex.Value;

    /// <summary>Sets the next election timeouts that the server draws; without any it draws 1000 ms.</summary>
    /// <param name="milliseconds">The timeouts in milliseconds, each 100 to 10,000.</param>
    public void Draws(params int[] milliseconds)
    {
        foreach (int time in milliseconds)
        {
            _draws.Enqueue(time);
        }
    }

    /// <summary>
    /// Makes its election timer expire, even if it is not due; virtual time advances to the due time.
    /// </summary>
    /// <param name="line">The line number of the call in the script.</param>
    public void TimesOut([CallerLineNumber] int line = 0) => RunsOut("election timer", $"{Id}.TimesOut()", line);

    /// <summary>
    /// Makes its heartbeat timer expire, even if it is not due; virtual time advances to the due time.
    /// </summary>
    /// <param name="line">The line number of the call in the script.</param>
    public void SendsHeartbeats([CallerLineNumber] int line = 0) => RunsOut("heartbeat timer", $"{Id}.SendsHeartbeats()", line);

    /// <summary>Proposes commands of clients, all at the same moment.</summary>
    /// <param name="commands">The commands: words without blanks.</param>
    /// <returns>The server's answers; tasks that complete during later lines of the script.</returns>
    public IReadOnlyList<Task<ProposalResult>> Propose(params string[] commands)
    {
        RaftServer server = Running;
        Task<ProposalResult>[] answers = [.. commands.Select(command => server.ProposeAsync(Encoding.UTF8.GetBytes(command)))];
        _script.Settle(0, $"{Id}.Propose({string.Join(", ", commands)})");
        return answers;
    }

    /// <summary>Reads the deliveries as a client, without the log.</summary>
    /// <returns>The server's answer; a task that completes during a later line of the script.</returns>
    public Task<ReadResult<string>> Reads()
    {
        ScriptMachine machine = Machine;
        Task<ReadResult<string>> answer = Running.ReadAsync(() => machine.Delivered);
        _script.Settle(0, $"{Id}.Reads()");
        return answer;
    }

    /// <summary>Compacts the log as the service above does, up to the last applied entry.</summary>
    /// <returns>The server's answer; a task that may complete during a later line of the script.</returns>
    public Task Compacts()
    {
        Task done = Running.CompactAsync(Running.GetStatus().AppliedIndex, Machine.State);
        _script.Settle(0, $"{Id}.Compacts()");
        return done;
    }

    /// <summary>Makes the service above compact the log in the middle of each command, and wait for it.</summary>
    public void CompactsDuringApply() => Machine.DuringApply = (index, state) => Running.CompactAsync(index, state);

    /// <summary>Makes the state machine stop in the middle of the command at an index.</summary>
    /// <param name="index">The index of the command.</param>
    public void HoldsApplyAt(long index) => Machine.HoldAt = new LogIndex(index);

    /// <summary>Resumes the state machine.</summary>
    /// <param name="line">The line number of the call in the script.</param>
    public void ReleasesApply([CallerLineNumber] int line = 0)
    {
        if (!IsApplyHeld)
        {
            throw _script.Impossible(line, $"{Id}.ReleasesApply()", $"the state machine is not held; it was given {Delivered}");
        }

        Machine.Release();
        _script.Settle(line, $"{Id}.ReleasesApply()");
    }

    /// <summary>Holds the disk: from here on a flush does not end before <see cref="Flushes"/>.</summary>
    public void HoldsDisk() => _script.World.HeldDisks.Add(Id);

    /// <summary>Completes the flush in progress; the disk stays held.</summary>
    /// <param name="line">The line number of the call in the script.</param>
    public void Flushes([CallerLineNumber] int line = 0)
    {
        if (!_script.World.Flush(Id))
        {
            throw _script.Impossible(line, $"{Id}.Flushes()", "no flush is on its way");
        }

        _script.Settle(line, $"{Id}.Flushes()");
    }

    /// <summary>Releases the disk, which flushes at once again.</summary>
    /// <param name="line">The line number of the call in the script.</param>
    public void ReleasesDisk([CallerLineNumber] int line = 0)
    {
        _script.World.HeldDisks.Remove(Id);
        _script.Settle(line, $"{Id}.ReleasesDisk()");
    }

    /// <summary>Crashes the server's process now.</summary>
    /// <param name="survivingParts">
    /// The number of parts of unflushed writes that reach the disk (see <see cref="DurableWrite"/>); larger numbers
    /// mean all parts.
    /// </param>
    /// <param name="line">The line number of the call in the script.</param>
    public void Crashes(int survivingParts = 0, [CallerLineNumber] int line = 0)
    {
        MustBeUp(line, $"{Id}.Crashes()");
        _script.SurvivingParts = survivingParts;
        Simulated.Crash();
        _script.Settle(line, $"{Id}.Crashes()");
    }

    /// <summary>
    /// Makes the process crash after it has run some more pieces of its tasks, from one await to the next.
    /// </summary>
    /// <param name="steps">The number of pieces; at least 1.</param>
    /// <param name="survivingParts">The number of surviving parts, as in <see cref="Crashes"/>.</param>
    /// <param name="line">The line number of the call in the script.</param>
    public void WillCrashAfter(int steps, int survivingParts = 0, [CallerLineNumber] int line = 0)
    {
        MustBeUp(line, $"{Id}.WillCrashAfter({steps})");
        _script.SurvivingParts = survivingParts;
        Simulated.CrashAfterSteps(steps);
    }

    /// <summary>Cancels <see cref="WillCrashAfter"/>, if the crash has not happened yet.</summary>
    public void WillNotCrash() => Simulated.CancelCrash();

    /// <summary>Starts the server again from the contents of its disk.</summary>
    /// <param name="line">The line number of the call in the script.</param>
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
