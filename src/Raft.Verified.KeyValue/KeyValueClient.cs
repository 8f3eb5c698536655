using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>
/// A client of the cluster, for one operation at a time. It finds the leader by hint or by trying one server after the
/// other, and retries until it has an answer. Each operation is carried out once, however often it was sent (paper,
/// section 8).
/// </summary>
public sealed class KeyValueClient
{
    private readonly IKeyValueTransport _transport;
    private readonly KeyValueClientOptions _options;
    private readonly TimeProvider _time;
    private long _session;
    private long _sequence;
    private int _target;
    private bool _busy;

    /// <summary>Creates a client. It sends no request yet.</summary>
    /// <param name="transport">The transport to the servers.</param>
    /// <param name="options">The client's settings.</param>
    /// <param name="time">The clock, for timeouts and pauses.</param>
    /// <exception cref="ArgumentException">A setting is invalid.</exception>
    public KeyValueClient(IKeyValueTransport transport, KeyValueClientOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _transport = transport;
        _options = options;
        _time = time;
    }

    /// <summary>Reads a key linearizably.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">A token that cancels the attempts.</param>
    /// <returns>The key's value and version; <see cref="KeyValueStatus.NoKey"/> when the key does not exist.</returns>
    public async Task<KeyValueReply> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        Enter();
        try
        {
            return await SendAsync(KeyValueRequest.Get(key), cancellationToken);
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>Sets a key's value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value.</param>
    /// <param name="cancellationToken">A token that cancels the attempts.</param>
    /// <returns>The outcome, and the key's version after the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync" path="/exception" />
    public Task<KeyValueReply> PutAsync(string key, string value, CancellationToken cancellationToken = default) =>
        ExecuteAsync((session, sequence) => KeyValueCommand.Put(session, sequence, key, value), cancellationToken);

    /// <summary>Sets a key's value if the key has this version; version 0 creates the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value.</param>
    /// <param name="version">The version that the key must have; 0 when the key must not exist.</param>
    /// <param name="cancellationToken">A token that cancels the attempts.</param>
    /// <returns>The outcome, and the key's version after the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync" path="/exception" />
    public Task<KeyValueReply> PutAsync(string key, string value, long version, CancellationToken cancellationToken = default) =>
        ExecuteAsync((session, sequence) => KeyValueCommand.PutVersion(session, sequence, key, value, version), cancellationToken);

    /// <summary>Appends text to a key's value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The text to append. A missing key is created.</param>
    /// <param name="cancellationToken">A token that cancels the attempts.</param>
    /// <returns>The outcome, and the key's version after the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync" path="/exception" />
    public Task<KeyValueReply> AppendAsync(string key, string value, CancellationToken cancellationToken = default) =>
        ExecuteAsync((session, sequence) => KeyValueCommand.Append(session, sequence, key, value), cancellationToken);

    /// <summary>
    /// Sets a key's value if it equals the expected value. An expected value of null means that the key must not exist.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="expected">The value that the key must have; null when the key must not exist.</param>
    /// <param name="value">The new value.</param>
    /// <param name="cancellationToken">A token that cancels the attempts.</param>
    /// <returns>The outcome, and the key's version after the operation.</returns>
    /// <inheritdoc cref="ExecuteAsync" path="/exception" />
    public Task<KeyValueReply> CompareAndSetAsync(string key, string? expected, string value, CancellationToken cancellationToken = default) =>
        ExecuteAsync((session, sequence) => KeyValueCommand.CompareAndSet(session, sequence, key, expected, value), cancellationToken);

    /// <summary>Carries out a command once.</summary>
    /// <exception cref="ArgumentException">A text contains an unpaired surrogate. Nothing was sent.</exception>
    /// <exception cref="KeyValueOutcomeUnknownException">
    /// The session has expired and is forgotten. The next operation opens another session.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled. The operation may still take effect.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another operation of this client is in progress.</exception>
    private async Task<KeyValueReply> ExecuteAsync(Func<long, long, KeyValueCommand> make, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            // Invalid arguments are refused before anything is sent.
            _ = make(1, 1);
            KeyValueCommand command;
            KeyValueReply reply;
            do
            {
                await OpenSessionAsync(cancellationToken);
                command = make(_session, ++_sequence);
                reply = await SendAsync(new KeyValueRequest(command), cancellationToken);
            }
            while (HasEnded(reply));

            if (reply.Status != KeyValueStatus.SessionExpired)
            {
                return reply;
            }

            // Even a first attempt may have had an effect: the network may have repeated it, and a copy may have been
            // carried out while the session was open. A retry in another session could execute the operation twice.
            _session = 0;
            throw new KeyValueOutcomeUnknownException(command.ToString());
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task OpenSessionAsync(CancellationToken cancellationToken)
    {
        if (_session == 0)
        {
            // A repeated request opens two sessions, one of which is never used. This is harmless.
            KeyValueReply opened = await SendAsync(new KeyValueRequest(KeyValueCommand.OpenSession()), cancellationToken);
            _session = opened.Version;
            _sequence = 0;
        }
    }

    // The session had ended before any copy of the operation arrived, and it accepts none from then on. So the
    // operation is safe to retry in a new session.
    private bool HasEnded(KeyValueReply reply)
    {
        if (reply.Status != KeyValueStatus.SessionEnded)
        {
            return false;
        }

        _session = 0;
        return true;
    }

    private void Enter()
    {
        if (_busy)
        {
            throw new InvalidOperationException("another operation of this client is in progress; a client carries out one operation at a time");
        }

        _busy = true;
    }

    private async Task<KeyValueReply> SendAsync(KeyValueRequest request, CancellationToken cancellationToken)
    {
        int failures = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            KeyValueResponse? response;
            using (Attempt attempt = new(_transport.SendAsync(_options.Servers[_target], request), _time, _options.AttemptTimeout, cancellationToken))
            {
                response = await attempt.Response;
            }

            if (response is { Reply: { } reply })
            {
                return reply;
            }

            _target = NextTarget(response?.Leader ?? ServerId.None);
            if (++failures % _options.Servers.Count == 0)
            {
                using Attempt pause = new(null, _time, _options.RetryPause, cancellationToken);
                await pause.Response;
            }
        }
    }

    // The leader that a server has named; otherwise the next server. A server that names itself or an unknown server
    // does not help.
    private int NextTarget(ServerId leader)
    {
        for (int i = 0; i < _options.Servers.Count; i++)
        {
            if (_options.Servers[i] == leader && i != _target)
            {
                return i;
            }
        }

        return (_target + 1) % _options.Servers.Count;
    }

    /// <summary>One attempt and its timeout; without an attempt, a pause.</summary>
    private sealed class Attempt : IDisposable
    {
        private readonly TaskCompletionSource<KeyValueResponse?> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ITimer _timer;
        private readonly CancellationTokenRegistration _cancellation;

        public Attempt(Task<KeyValueResponse?>? call, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
        {
            _timer = time.CreateTimer(static state => ((Attempt)state!)._response.TrySetResult(null), this, patience, Timeout.InfiniteTimeSpan);
            _cancellation = cancellationToken.Register(
                static (state, token) => ((Attempt)state!)._response.TrySetCanceled(token), this);
            if (call is not null)
            {
                _ = PassOnAsync(call);
            }
        }

        public Task<KeyValueResponse?> Response => _response.Task;

        public void Dispose()
        {
            _timer.Dispose();
            _cancellation.Dispose();
        }

        public override string ToString() => "client's patience";

        private async Task PassOnAsync(Task<KeyValueResponse?> call)
        {
            try
            {
                _response.TrySetResult(await call);
            }
            catch (Exception exception)
            {
                // The transport itself failed, not merely the network, so the caller gets the exception.
                _response.TrySetException(exception);
            }
        }
    }
}
