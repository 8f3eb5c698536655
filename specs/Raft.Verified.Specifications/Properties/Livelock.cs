using System.Globalization;
using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that no work is repeated without progress. A violation is a leader and a follower that answer each
/// other endlessly, or elections faster than any timer explains. Heartbeats do not count while the follower agrees.
/// <see cref="EveryServerCaughtUp"/> reports retries without an answer. The property needs the time, so it is no
/// <see cref="SafetyProperty"/>: the driver of the run passes it the events.
/// </summary>
public sealed class Livelock
{
    /// <summary>
    /// The number of consecutive answers without progress that counts as a livelock once the faults are over.
    /// </summary>
    public const int MinRepetitions = 20;

    /// <summary>
    /// The number of consecutive answers without progress that counts as a livelock even during faults. No correct
    /// server needs that many.
    /// </summary>
    public const int MaxRepetitions = 1000;

    /// <summary>The number of leaders after the end of the faults that counts as an election storm.</summary>
    public const int MinLeaders = 16;

    private const ulong Kinds = 1UL << (int)RaftEventKind.MessageReceived | 1UL << (int)RaftEventKind.EntryAppended | 1UL << (int)RaftEventKind.CommitAdvanced
        | 1UL << (int)RaftEventKind.Started | 1UL << (int)RaftEventKind.Voted | 1UL << (int)RaftEventKind.RoleChanged;

    // The minimum duration of repeated work. It outlasts the messages in flight at the end of the faults, and their
    // answers.
    private static readonly TimeSpan MinDuration = TimeSpan.FromSeconds(3);

    private readonly int _servers;
    private readonly TimeSpan _shortestElectionTimeout;
    private readonly Exchange[] _exchanges;
    private readonly (Term Term, LogIndex Index)[] _newestEntry;
    private readonly (int Count, TimeSpan Since)[] _elections;
    private TimeSpan? _faultsOver;
    private int _leaders;

    /// <summary>Starts to watch a run.</summary>
    /// <param name="servers">The number of servers.</param>
    /// <param name="shortestElectionTimeout">The shortest time after which a server may start another election.</param>
    public Livelock(int servers, TimeSpan shortestElectionTimeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        _servers = servers;
        _shortestElectionTimeout = shortestElectionTimeout;
        _exchanges = new Exchange[servers * servers];
        _newestEntry = new (Term, LogIndex)[servers];
        _elections = new (int, TimeSpan)[servers];
    }

    /// <summary>The property's name, as in reports.</summary>
    public static string Name => nameof(Livelock);

    /// <summary>The source of the property in the paper or the thesis.</summary>
    public static string Source => "paper, section 5.3 (\"retries ... until all followers eventually store all log entries\"), 5.2 and 7; thesis, section 3.9";

    /// <summary>The property in a sentence.</summary>
    public static string Statement =>
        "After the faults stop, no leader and follower keep exchanging requests and replies without "
            + "progress, and servers do not keep holding elections without progress.";

    /// <summary>
    /// Returns true when <see cref="OnEvent"/> has to see events of this kind. This check saves the call for most
    /// events.
    /// </summary>
    /// <param name="kind">The kind of the event.</param>
    public static bool Concerns(RaftEventKind kind) => (1UL << (int)kind & Kinds) != 0;

    /// <summary>
    /// Notes the end of the faults, after which repeated work is reported. Only the first call counts.
    /// </summary>
    /// <param name="now">Virtual time.</param>
    public void FaultsAreOver(TimeSpan now)
    {
        if (_faultsOver is not null)
        {
            return;
        }

        _faultsOver = now;
        _leaders = 0;
        Array.Clear(_elections);
        for (int i = 0; i < _exchanges.Length; i++)
        {
            _exchanges[i].Advance();
        }
    }

    /// <summary>Receives an event before the view applies it.</summary>
    /// <param name="e">The event.</param>
    /// <param name="view">The cluster before the event.</param>
    /// <param name="now">Virtual time.</param>
    /// <returns>
    /// A description of the repeated work when it has lasted long enough since the end of the faults; otherwise null.
    /// </returns>
    public string? OnEvent(in RaftEvent e, ClusterView view, TimeSpan now)
    {
        switch (e.Kind)
        {
            case RaftEventKind.MessageReceived:
                return OnMessage(in e, view, now);
            case RaftEventKind.EntryAppended:
                (Term, LogIndex) entry = (e.OtherTerm, e.Index);
                if (entry.CompareTo(_newestEntry[e.Server.Value - 1]) > 0)
                {
                    _newestEntry[e.Server.Value - 1] = entry;
                    Advance(e.Server);
                }

                return null;
            case RaftEventKind.CommitAdvanced:
            case RaftEventKind.Started:
                Advance(e.Server);
                return null;
            case RaftEventKind.Voted when e.Peer == e.Server:
                return OnElection(e.Server, now);
            case RaftEventKind.RoleChanged when e.Role == Role.Leader:
                Array.Clear(_elections);
                return ++_leaders >= MinLeaders && now - _faultsOver >= MinDuration ? DescribeLeaders(now) : null;
            default:
                return null;
        }
    }

    /// <summary>
    /// Describes the work that is repeated most at present, regardless of its duration, for a run that does not end.
    /// Null when there is none.
    /// </summary>
    /// <param name="view">The cluster at present.</param>
    /// <param name="now">Virtual time.</param>
    public string? Find(ClusterView view, TimeSpan now)
    {
        int most = 0;
        for (int i = 1; i < _exchanges.Length; i++)
        {
            most = _exchanges[i].Repetitions > _exchanges[most].Repetitions ? i : most;
        }

        if (_exchanges[most].Repetitions >= MinRepetitions)
        {
            return Describe(most, view, now);
        }

        for (int server = 0; server < _servers; server++)
        {
            if (IsStorm(_elections[server], now))
            {
                return DescribeElections(new ServerId(server + 1), now);
            }
        }

        return _leaders >= MinLeaders && _faultsOver is not null ? DescribeLeaders(now) : null;
    }

    private string? OnMessage(in RaftEvent e, ClusterView view, TimeSpan now)
    {
        int asked = Place(e.Peer, e.Server);
        int answered = Place(e.Server, e.Peer);
        switch (e.Subject)
        {
            case AppendEntries or InstallSnapshot:
                _exchanges[asked].Request = (Message)e.Subject;
                return null;
            case AppendEntriesReply reply when IsCurrent(reply.RequestTerm, view[e.Server]):
                return _exchanges[answered].Take(reply, now) ? Judge(answered, view, now) : null;
            case InstallSnapshotReply reply when IsCurrent(reply.RequestTerm, view[e.Server]):
                return _exchanges[answered].Take(reply, now) ? Judge(answered, view, now) : null;
            default:
                return null;
        }
    }

    private string? OnElection(ServerId server, TimeSpan now)
    {
        ref (int Count, TimeSpan Since) elections = ref _elections[server.Value - 1];
        if (elections.Count++ == 0)
        {
            elections.Since = now;
        }

        return _faultsOver is not null && IsStorm(elections, now) ? DescribeElections(server, now) : null;
    }

    // Clocks may run fast, but less than three times as fast.
    private bool IsStorm((int Count, TimeSpan Since) elections, TimeSpan now) =>
        elections.Count > MinRepetitions && now - elections.Since < (elections.Count - 1) * _shortestElectionTimeout / 3;

    private string? Judge(int place, ClusterView view, TimeSpan now) =>
        _exchanges[place].Repetitions >= MaxRepetitions
        || (_exchanges[place].Repetitions >= MinRepetitions && _faultsOver is { } over && now - over >= MinDuration && now - _exchanges[place].Since >= MinDuration)
            ? Describe(place, view, now)
            : null;

    private void Advance(ServerId follower)
    {
        for (int leader = 0; leader < _servers; leader++)
        {
            _exchanges[(leader * _servers) + follower.Value - 1].Advance();
        }
    }

    private static bool IsCurrent(Term requestTerm, ServerView leader) => leader.Role == Role.Leader && requestTerm == leader.Term;

    private int Place(ServerId leader, ServerId follower) => ((leader.Value - 1) * _servers) + follower.Value - 1;

    private string Describe(int place, ClusterView view, TimeSpan now)
    {
        ref Exchange exchange = ref _exchanges[place];
        ServerView leader = view.Servers[place / _servers];
        ServerView follower = view.Servers[place % _servers];
        return $"{leader.Id}, leader of term {leader.Term}, and {follower.Id} repeat their messages: {exchange.Repetitions} answers in {Seconds(now - exchange.Since)} "
            + $"without progress; last \"{exchange.Request}\", answered \"{exchange.Reply}\"; {follower.Id} stays at last index {follower.Log.LastIndex}, commit index {follower.CommitIndex}, "
            + $"applied {follower.AppliedIndex}";
    }

    private string DescribeElections(ServerId server, TimeSpan now)
    {
        (int count, TimeSpan since) = _elections[server.Value - 1];
        return $"{server} stands for election repeatedly: {count} times in {Seconds(now - since)} without a leader, although its time-out is "
            + $"{_shortestElectionTimeout.TotalMilliseconds} ms or more";
    }

    private string DescribeLeaders(TimeSpan now) =>
        $"elections follow each other: {_leaders} leaders in the {Seconds(now - _faultsOver!.Value)} since the faults ended";

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s";

    /// <summary>The exchange between a leader and a follower in one term.</summary>
    private struct Exchange
    {
        private Term _term;
        private LogIndex _match;
        private LogIndex? _refused;
        private LogIndex _snapshot;
        private int _offset;

        /// <summary>The request that the follower took last.</summary>
        public Message? Request { get; set; }

        /// <summary>The answer that the leader took last.</summary>
        public Message? Reply { get; private set; }

        /// <summary>The number of consecutive answers without progress.</summary>
        public int Repetitions { get; private set; }

        /// <summary>The virtual time of the first of these answers.</summary>
        public TimeSpan Since { get; private set; }

        public void Advance() => Repetitions = 0;

        // A success is progress when it acknowledges more than before. A refusal is progress when it names an earlier
        // entry than before, because the leader searches for the point where the logs agree.
        public bool Take(AppendEntriesReply reply, TimeSpan now)
        {
            Begin(reply.RequestTerm);
            if (reply.Success)
            {
                if (reply.MatchIndex > _match)
                {
                    _match = reply.MatchIndex;
                    Advance();
                    return false;
                }

                return reply.MatchIndex > reply.PrevLogIndex && Repeat(reply, now);
            }

            if (_refused is null || reply.PrevLogIndex < _refused)
            {
                _refused = reply.PrevLogIndex;
                Advance();
                return false;
            }

            return Repeat(reply, now);
        }

        public bool Take(InstallSnapshotReply reply, TimeSpan now)
        {
            Begin(reply.RequestTerm);
            bool advances;
            if (reply.Installed)
            {
                advances = reply.LastIncludedIndex > _match;
                _match = LogIndex.Max(_match, reply.LastIncludedIndex);
            }
            else
            {
                advances = reply.LastIncludedIndex > _snapshot || (reply.LastIncludedIndex == _snapshot && reply.NextOffset > _offset);
                if (advances)
                {
                    (_snapshot, _offset) = (reply.LastIncludedIndex, reply.NextOffset);
                }
            }

            if (advances)
            {
                Advance();
                return false;
            }

            return Repeat(reply, now);
        }

        private void Begin(Term term)
        {
            if (term != _term)
            {
                (_term, _match, _refused, _snapshot, _offset) = (term, LogIndex.Zero, null, LogIndex.Zero, 0);
                Advance();
            }
        }

        private bool Repeat(Message reply, TimeSpan now)
        {
            if (Repetitions++ == 0)
            {
                Since = now;
            }

            Reply = reply;
            return true;
        }
    }
}
