using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The replicated key/value store: versioned keys, and sessions through which a retried operation takes effect once
/// (paper, section 8). It is not safe for concurrent use; the server makes one call at a time. Call <see cref="Get"/>
/// only inside a query of <see cref="RaftServer.ReadAsync"/>, which runs between these calls.
/// </summary>
public sealed class KeyValueStateMachine : IRaftStateMachine
{
    /// <summary>The default of the constructor's <c>sessionLifetime</c>.</summary>
    public const long DefaultSessionLifetime = 100_000;

    private readonly long _sessionLifetime;
    private KeyValueStore _store;

    /// <summary>Creates an empty store.</summary>
    /// <param name="sessionLifetime">
    /// The lifetime of an idle session, in entries of the log; at least 1. It must be the same on all servers of a
    /// cluster for the cluster's whole life.
    /// </param>
    /// <param name="limits">
    /// The limits on keys, values and the whole store, the same on all servers. Null means
    /// <see cref="KeyValueLimits.Default"/>.
    /// </param>
    /// <exception cref="ArgumentException">A limit is out of its range.</exception>
    public KeyValueStateMachine(long sessionLifetime = DefaultSessionLifetime, KeyValueLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sessionLifetime, 1);
        Limits = limits ?? KeyValueLimits.Default;
        Limits.Validate();
        _sessionLifetime = sessionLifetime;
        _store = new KeyValueStore(new SessionTable(sessionLifetime, Limits), Limits);
    }

    /// <summary>The limits on keys, values and the whole store.</summary>
    public KeyValueLimits Limits { get; }

    /// <summary>The number of open sessions.</summary>
    public int Sessions => _store.Sessions.Count;

    /// <summary>Looks up a key.</summary>
    /// <param name="key">The key to look up.</param>
    /// <returns>The key's value and version; <see cref="KeyValueStatus.NoKey"/> when the key does not exist.</returns>
    public KeyValueReply Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _store.Get(key);
    }

    /// <summary>Applies a command and returns the answer, both in the form of <see cref="KeyValueEncoding"/>.</summary>
    /// <param name="index">The entry's position, which numbers sessions and determines their end.</param>
    /// <param name="command">
    /// The bytes of the command. Malformed bytes are answered with <see cref="KeyValueStatus.Malformed"/>, and a
    /// command beyond <see cref="Limits"/> with <see cref="KeyValueStatus.TooLarge"/>. No exception is thrown, because
    /// every server must continue alike.
    /// </param>
    public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlySpan<byte> command) => KeyValueEncoding.Encode(_store.Apply(index, command));

    /// <summary>Serializes the whole state. Equal states give equal bytes.</summary>
    public ReadOnlyMemory<byte> TakeSnapshot() => KeyValueSnapshot.Write(_store);

    /// <summary>Replaces the whole state. An invalid snapshot leaves the state unchanged.</summary>
    /// <param name="snapshot">The bytes of a snapshot of a server with the same settings.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a snapshot of this store. The message describes the mistake.
    /// </exception>
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
