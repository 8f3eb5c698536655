using System.Diagnostics.CodeAnalysis;
using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The clients' sessions, part of the replicated state. A session keeps its last operation and answer, so that a retry
/// is recognised (paper, section 8; thesis, section 6.3). Its lifetime is counted in entries of the log, because all
/// servers share the log but not a clock. The sessions that ended last are remembered, so that a late client learns the
/// outcome of its operation.
/// </summary>
/// <param name="lifetime">The lifetime of an idle session, in entries of the log; at least 1.</param>
/// <param name="limits">The limits on the numbers of open and ended sessions.</param>
internal sealed class SessionTable(long lifetime, KeyValueLimits limits)
{
    private readonly Dictionary<long, LinkedListNode<Session>> _byNumber = []; // Looked up by number only, never enumerated.
    private readonly LinkedList<Session> _byActivity = []; // The one idle for longest first.
    private readonly Dictionary<long, Session> _endedByNumber = []; // Looked up by number only, never enumerated.
    private readonly Queue<Session> _ended = []; // The one that ended first is first.

    public long Lifetime { get; } = lifetime;

    public int Count => _byActivity.Count;

    /// <summary>All open sessions, idle longest first, in the same order on every server.</summary>
    public IEnumerable<Session> All => _byActivity;

    /// <summary>The ended sessions that are remembered, in the order in which they ended.</summary>
    public IReadOnlyCollection<Session> Ended => _ended;

    /// <summary>Ends the sessions whose lifetime has passed when this entry is applied.</summary>
    /// <param name="now">The position of the entry that is applied.</param>
    public void Expire(LogIndex now)
    {
        while (_byActivity.First is { } idle && now - idle.Value.LastActive > Lifetime)
        {
            EndIdlest();
        }
    }

    /// <summary>Opens a session. Its number is the entry's position, so it is unique.</summary>
    /// <param name="now">The position of the entry that is applied.</param>
    public Session Open(LogIndex now)
    {
        if (Count == limits.MaxSessions)
        {
            EndIdlest();
        }

        Session session = new(now.Value) { LastActive = now };
        _ = TryAdd(session);
        return session;
    }

    /// <summary>
    /// Adds a session of a snapshot, in the order of idle longest first. Returns false when its number is taken.
    /// </summary>
    /// <param name="session">The session to add.</param>
    public bool TryAdd(Session session)
    {
        LinkedListNode<Session> node = new(session);
        if (!_byNumber.TryAdd(session.Number, node))
        {
            return false;
        }

        _byActivity.AddLast(node);
        return true;
    }

    /// <summary>
    /// Adds an ended session of a snapshot, in the order in which the sessions ended. Returns false when its number is
    /// taken.
    /// </summary>
    /// <param name="session">The session to add.</param>
    public bool TryAddEnded(Session session)
    {
        if (_byNumber.ContainsKey(session.Number) || !_endedByNumber.TryAdd(session.Number, session))
        {
            return false;
        }

        _ended.Enqueue(session);
        return true;
    }

    /// <summary>Finds a session and records the activity.</summary>
    /// <param name="number">The number of the session.</param>
    /// <param name="now">The position of the entry that is applied.</param>
    /// <param name="session">The session; null when there is none.</param>
    public bool TryTouch(long number, LogIndex now, [NotNullWhen(true)] out Session? session)
    {
        session = null;
        if (!_byNumber.TryGetValue(number, out LinkedListNode<Session>? node))
        {
            return false;
        }

        session = node.Value;
        session.LastActive = now;
        _byActivity.Remove(node);
        _byActivity.AddLast(node);
        return true;
    }

    /// <summary>Finds a remembered session that has ended, without changing it.</summary>
    /// <param name="number">The number of the session.</param>
    /// <param name="session">The session; null when there is none.</param>
    public bool TryFindEnded(long number, [NotNullWhen(true)] out Session? session) => _endedByNumber.TryGetValue(number, out session);

    private void EndIdlest()
    {
        Session session = _byActivity.First!.Value;
        _byActivity.RemoveFirst();
        _byNumber.Remove(session.Number);
        if (limits.MaxEndedSessions == 0)
        {
            return;
        }

        if (_ended.Count == limits.MaxEndedSessions)
        {
            _endedByNumber.Remove(_ended.Dequeue().Number);
        }

        _ended.Enqueue(session);
        _endedByNumber.Add(session.Number, session);
    }
}
