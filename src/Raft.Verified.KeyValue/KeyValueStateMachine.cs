using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The replicated key/value store: versioned keys and the sessions by which a retried operation takes effect once (paper, section 8). What a server calls
/// is called one at a time; <see cref="Get"/> belongs into a query of <see cref="RaftServer.ReadAsync"/>, which is one of those calls.
/// </summary>
public sealed class KeyValueStateMachine : IRaftStateMachine
{
    /// <summary>The default of the constructor's <c>sessionLifetime</c>.</summary>
    public const long DefaultSessionLifetime = 100_000;

    private readonly long _sessionLifetime;
    private KeyValueStore _store;

    /// <summary>Makes an empty store.</summary>
    /// <param name="sessionLifetime">
    /// How many entries of the log a session outlives its last activity; at least 1, and the same on all servers of a cluster, for all its life.
    /// </param>
    /// <param name="limits">The bounds on keys, values and the whole store; the same on all servers, too. Null for <see cref="KeyValueLimits.Default"/>.</param>
    /// <exception cref="ArgumentException">A limit is out of its range.</exception>
    public KeyValueStateMachine(long sessionLifetime = DefaultSessionLifetime, KeyValueLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sessionLifetime, 1);
        Limits = limits ?? KeyValueLimits.Default;
        Limits.Validate();
        _sessionLifetime = sessionLifetime;
        _store = new KeyValueStore(new SessionTable(sessionLifetime, Limits), Limits);
    }

    /// <summary>The bounds on keys, values and the whole store.</summary>
    public KeyValueLimits Limits { get; }

    /// <summary>How many sessions are open.</summary>
    public int Sessions => _store.Sessions.Count;

    /// <summary>Looks a key up.</summary>
    public KeyValueReply Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _store.Get(key);
    }

    /// <summary>Applies a command and gives the answer; both as <see cref="KeyValueEncoding"/> has them.</summary>
    /// <param name="index">The entry's position: sessions are numbered and end by it.</param>
    /// <param name="command">
    /// The command. Bytes that are none are answered with <see cref="KeyValueStatus.Malformed"/>, and a command beyond <see cref="Limits"/> with
    /// <see cref="KeyValueStatus.TooLarge"/>: every server must go on alike.
    /// </param>
    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlySpan<byte> command) => KeyValueEncoding.Encode(_store.Apply(index, command));

    /// <summary>Writes the whole state; the same state gives the same bytes.</summary>
    public ReadOnlyMemory<byte> TakeSnapshot() => KeyValueSnapshot.Write(_store);

    /// <summary>Replaces the whole state, or leaves it as it is when the snapshot cannot be used.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a snapshot of this store; the message says what is wrong with them.</exception>
    public void Restore(ReadOnlySpan<byte> snapshot) => _store = KeyValueSnapshot.Read(snapshot, _sessionLifetime, Limits);

    ValueTask<ReadOnlyMemory<byte>> IRaftStateMachine.ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Apply(index, command.Span));

    ValueTask<ReadOnlyMemory<byte>> IRaftStateMachine.TakeSnapshotAsync(CancellationToken cancellationToken) => ValueTask.FromResult(TakeSnapshot());

    ValueTask IRaftStateMachine.RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        Restore(snapshot.Span);
        return ValueTask.CompletedTask;
    }
}
