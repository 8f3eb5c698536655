using System.Runtime.CompilerServices;
using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>
/// A directed schedule: a cluster of the shipping servers, under all safety monitors, that does only what the script
/// says. Each message stays in the network until it is delivered. No timer expires and no server crashes unless the
/// script says so. Disks flush at once unless held. The continuations of tasks run to their end after each line, always
/// in the same order, so that a script is one deterministic run. Test classes derive from it, and their lines read like
/// a table of schedules: <c>S1.TimesOut(); Deliver(S1 >> S3, VoteRequest);</c>
/// </summary>
/// <remarks>
/// The cluster starts with the first line that acts on it, or looks at it. Until then <see cref="Settings"/> can be
/// changed and draws given. Two kinds of lines throw a <see cref="ScriptException"/>: those that cannot be carried out,
/// and those after which a monitor has found a violation. Use from one thread.
/// </remarks>
public class Script
{
    private const int ShortestDraw = 100;
    private const int LongestDraw = 10_000;
    private readonly ScriptedServer[] _servers;
    private readonly List<Message> _setAside = [];
    private ScriptWorld? _world;

    /// <summary>Prepares a script.</summary>
    /// <param name="servers">The number of servers; 1 to 5.</param>
    public Script(int servers = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(servers, 5);
        _servers = [.. Enumerable.Range(1, servers).Select(number => new ScriptedServer(this, new ServerId(number)))];
        Settings = new ClusterSettings
        {
            Servers = servers,
            StateMachine = _ => new ScriptMachine(),
            Model = () => new ScriptModel(),
            Faults = FaultMix.Reliable with { MinLatency = 0 },
            ElectionTimeoutMin = TimeSpan.FromMilliseconds(ShortestDraw),
            ElectionTimeoutMax = TimeSpan.FromMilliseconds(LongestDraw),
            MaxSnapshotChunkBytes = 1 << 20,
            AppendEmptyEntryOnElection = false,
        };
    }

    /// <summary>
    /// The settings of the cluster. Leaders append no empty entry, because schedules count positions; a snapshot is one
    /// chunk; election timeouts may be 100 to 10,000 ms long.
    /// </summary>
    public ClusterSettings Settings { get; set; }

    /// <summary>The pattern of a candidate's request.</summary>
    public static MessagePattern<RequestVote> VoteRequest { get; } = new("vote request");

    /// <summary>The pattern of a voter's answer.</summary>
    public static MessagePattern<RequestVoteReply> VoteReply { get; } = new("vote reply");

    /// <summary>The pattern of a leader's append, with entries or without.</summary>
    public static MessagePattern<AppendEntries> Append { get; } = new("append");

    /// <summary>The pattern of a follower's answer to an append.</summary>
    public static MessagePattern<AppendEntriesReply> AppendReply { get; } = new("append reply");

    /// <summary>The pattern of a chunk of a leader's snapshot; by default one chunk is the whole snapshot.</summary>
    public static MessagePattern<InstallSnapshot> SnapshotChunk { get; } = new("snapshot");

    /// <summary>The pattern of a follower's answer to a chunk.</summary>
    public static MessagePattern<InstallSnapshotReply> SnapshotReply { get; } = new("snapshot reply");

    /// <summary>Server 1.</summary>
    public ScriptedServer S1 => this[1];

    /// <summary>Server 2.</summary>
    public ScriptedServer S2 => this[2];

    /// <summary>Server 3.</summary>
    public ScriptedServer S3 => this[3];

    /// <summary>Server 4.</summary>
    public ScriptedServer S4 => this[4];

    /// <summary>Server 5.</summary>
    public ScriptedServer S5 => this[5];

    /// <summary>All servers.</summary>
    public IReadOnlyList<ScriptedServer> Servers => _servers;

    /// <summary>The virtual time since the start.</summary>
    public TimeSpan Now => World.Now;

    /// <summary>The hash of all events so far; two runs of one script have the same hash.</summary>
    public ulong EventHash => World.EventHash;

    /// <summary>All messages that have been sent, in order, delivered or not.</summary>
    public IReadOnlyList<Message> Sent => World.Sent;

    /// <summary>Returns the server with the given number.</summary>
    /// <param name="server">The number of the server, from 1.</param>
    public ScriptedServer this[int server] => server >= 1 && server <= _servers.Length
        ? _servers[server - 1]
        : throw new ArgumentOutOfRangeException(nameof(server), server, $"the script has the servers S1 to S{_servers.Length}");

    /// <summary>The number of parts of unfinished writes that the next crash leaves on the disk.</summary>
    internal int SurvivingParts { get; set; }

    internal ScriptWorld World => _world ?? Begin();

    /// <summary>Returns the pattern of an append that carries these entries.</summary>
    /// <param name="first">The index of the first entry.</param>
    /// <param name="last">The index of the last entry.</param>
    public static MessagePattern<AppendEntries> AppendOf(long first, long last) => Append.Where(
        $"of {first}..{last}", append => append.PrevLogIndex.Value + 1 == first && append.LastIndex.Value == last);

    /// <summary>Delivers the oldest held message that matches, and lets the servers react to it.</summary>
    /// <returns>The message.</returns>
    /// <exception cref="ScriptException">
    /// No such message is held, the receiver is down, or a monitor found a violation.
    /// </exception>
    public T Deliver<T>(Link link, MessagePattern<T> what, [CallerLineNumber] int line = 0)
        where T : Message
    {
        T message = Find(link, what, $"Deliver({link}, {what})", line);
        Deliver(message, line);
        return message;
    }

    /// <summary>Delivers a message that <see cref="Hold"/> has set aside.</summary>
    /// <param name="message">The message.</param>
    /// <param name="line">The line number of the call in the script.</param>
    public void Deliver(Message message, [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(message);
        string doing = $"Deliver({message.From} >> {message.To}, {message})";
        if (!World.Held.Any(held => ReferenceEquals(held, message)))
        {
            throw Impossible(line, doing, "it is not held any more");
        }

        if (!this[message.To.Value].IsUp)
        {
            throw Impossible(line, doing, $"{message.To} is down");
        }

        _setAside.RemoveAll(aside => ReferenceEquals(aside, message));
        World.Deliver(message);
        Settle(line, doing);
    }

    /// <summary>
    /// Sets the oldest held message that matches aside: only <see cref="Deliver(Message, int)"/> delivers it.
    /// </summary>
    /// <returns>The message.</returns>
    /// <exception cref="ScriptException">No such message is held.</exception>
    public T Hold<T>(Link link, MessagePattern<T> what, [CallerLineNumber] int line = 0)
        where T : Message
    {
        T message = Find(link, what, $"Hold({link}, {what})", line);
        _setAside.Add(message);
        return message;
    }

    /// <summary>
    /// Delivers all messages among these servers, and the messages that result among them, in the order of sending.
    /// Messages that are set aside stay held.
    /// </summary>
    /// <param name="a">The first server.</param>
    /// <param name="b">The second server.</param>
    /// <param name="c">The third server; null for only two.</param>
    /// <param name="line">The line number of the call in the script.</param>
    public void DeliverAll(ScriptedServer a, ScriptedServer b, ScriptedServer? c = null, [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        bool IsAmong(ServerId id) => id == a.Id || id == b.Id || id == c?.Id;
        while (Waiting().FirstOrDefault(held => IsAmong(held.From) && IsAmong(held.To) && this[held.To.Value].IsUp) is { } message)
        {
            Deliver(message, line);
        }
    }

    /// <summary>
    /// Returns the held messages from one server to another that are not set aside, in the order of sending.
    /// </summary>
    /// <param name="link">The link with the sender and the receiver.</param>
    public IReadOnlyList<Message> HeldOn(Link link) => [.. Waiting().Where(held => held.From == link.From && held.To == link.To)];

    /// <summary>Loses every held message that is not set aside.</summary>
    public void DropAll()
    {
        foreach (Message message in Waiting().ToArray())
        {
            World.Drop(message);
        }
    }

    /// <summary>
    /// Delivers a message that no server of this script has sent, or delivers an earlier message once more.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="line">The line number of the call in the script.</param>
    public void DeliverUnsent(Message message, [CallerLineNumber] int line = 0)
    {
        World.Insert(message);
        Deliver(message, line);
    }

    /// <summary>
    /// Cuts a server off from all others. Messages sent from now on are lost; earlier messages stay held.
    /// </summary>
    /// <param name="server">The server.</param>
    public void Cut(ScriptedServer server) => ForLinksOf(server, World.Cluster.Network.Cut);

    /// <summary>Connects two servers again, in both directions.</summary>
    /// <param name="a">The first server.</param>
    /// <param name="b">The second server.</param>
    public void Connect(ScriptedServer a, ScriptedServer b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        World.Cluster.Network.Mend(a.Id, b.Id);
        World.Cluster.Network.Mend(b.Id, a.Id);
    }

    /// <summary>Connects a server with all others again.</summary>
    /// <param name="server">The server.</param>
    public void Connect(ScriptedServer server) => ForLinksOf(server, World.Cluster.Network.Mend);

    /// <summary>Advances virtual time: timers that are due expire, the servers react, and messages stay held.</summary>
    /// <param name="milliseconds">The time to pass, in milliseconds; not negative.</param>
    /// <param name="line">The line number of the call in the script.</param>
    public void Pass(int milliseconds, [CallerLineNumber] int line = 0)
    {
        World.Pass(TimeSpan.FromMilliseconds(milliseconds));
        Settle(line, $"Pass({milliseconds} ms)");
    }

    /// <summary>Lets a server time out and become leader with the vote of exactly one other server.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="voter">The voter.</param>
    /// <param name="line">The line number of the call in the script.</param>
    public void Elect(ScriptedServer candidate, ScriptedServer voter, [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        candidate.TimesOut(line);
        long term = candidate.Term;
        Deliver(candidate >> voter, VoteRequest.Where($"of term {term}", request => request.Term.Value == term), line);
        Deliver(voter >> candidate, VoteReply.Where($"of term {term}", reply => reply.RequestTerm.Value == term), line);
        if (candidate.Role != Role.Leader)
        {
            throw Impossible(line, $"Elect({candidate}, {voter})", $"{candidate} is a {candidate.Role} of term {candidate.Term}");
        }
    }

    internal void Settle(int line, string doing)
    {
        World.Settle();
        if (World.Finding is { } finding)
        {
            throw new ScriptException($"{At(line)}{doing}: {finding}");
        }
    }

    internal ScriptException Impossible(int line, string doing, string why)
    {
        string held = World.Held.Count == 0 ? "nothing" : string.Join("; ", World.Held.Select(Describe));
        return new ScriptException($"{At(line)}{doing} cannot be done: {why}. Held are: {held}");
    }

    private static string At(int line) => line > 0 ? $"line {line}: " : "";

    private string Describe(Message message) =>
        $"{message.From} >> {message.To} {message}{(_setAside.Contains(message) ? " (set aside)" : "")}";

    private ScriptWorld Begin()
    {
        _world = new ScriptWorld(Settings, Draw);
        Settle(0, "the start");
        return _world;
    }

    // A script has two kinds of draws: election timeouts, whose range is unique, and the surviving parts of a crash.
    private int Draw(int server, int bound) => bound == LongestDraw - ShortestDraw + 1
        ? this[server].NextDraw() - ShortestDraw
        : Math.Min(SurvivingParts, bound - 1);

    private IEnumerable<Message> Waiting() => World.Held.Where(held => !_setAside.Exists(aside => ReferenceEquals(aside, held)));

    private T Find<T>(Link link, MessagePattern<T> what, string doing, int line)
        where T : Message =>
        (T?)HeldOn(link).FirstOrDefault(what.Matches) ?? throw Impossible(line, doing, "no such message is held");

    private void ForLinksOf(ScriptedServer server, Action<ServerId, ServerId> change)
    {
        foreach (ScriptedServer other in _servers)
        {
            if (other != server)
            {
                change(server.Id, other.Id);
                change(other.Id, server.Id);
            }
        }
    }
}
