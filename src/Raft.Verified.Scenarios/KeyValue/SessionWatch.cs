using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>
/// A check of one client's use of its sessions, placed between the client and its transport. An outcome may be unknown
/// only if a server has answered that the session is forgotten. A session may not be used for another operation once
/// the client knows of its end.
/// </summary>
internal sealed class SessionWatch(SimulatedCluster cluster, IKeyValueTransport transport) : IKeyValueTransport
{
    /// <summary>The name of the property that is checked here.</summary>
    public const string Property = "StoreSessions";

    private long _session;
    private long _reported;
    private long _ended;
    private long _endedAt;
    private bool _forgotten;

    /// <summary>Notes that the client begins an operation.</summary>
    public void OperationBegins() => _forgotten = false;

    /// <summary>Checks the client's report that the outcome of its operation is unknown.</summary>
    public void OutcomeUnknown(string operation)
    {
        if (!_forgotten)
        {
            cluster.Simulation.Fail(Property, $"a client says that the outcome of '{operation}' is unknown, but no server has told it that session {_session} is forgotten");
        }

        _reported = _session;
    }

    /// <inheritdoc />
    public async Task<KeyValueResponse?> SendAsync(ServerId server, KeyValueRequest request)
    {
        if (request.Command is { Session: > 0 } command)
        {
            if (command.Session == _reported)
            {
                cluster.Simulation.Fail(Property, $"a client sends '{command}' after it has reported an unknown outcome in session {_reported}");
            }

            if (command.Session == _ended && command.Sequence > _endedAt)
            {
                cluster.Simulation.Fail(Property, $"a client sends '{command}' after it was told that session {_ended} has ended");
            }

            _session = command.Session;
        }

        KeyValueResponse? response = await transport.SendAsync(server, request);
        _forgotten |= response is { Reply.Status: KeyValueStatus.SessionExpired };
        if (response is { Reply.Status: KeyValueStatus.SessionEnded } && request.Command is { } refused)
        {
            // The response may be too late for its attempt, but it is not too late for the next operation. The refused
            // operation can have no other outcome.
            (_ended, _endedAt) = (refused.Session, refused.Sequence);
        }

        return response;
    }
}
