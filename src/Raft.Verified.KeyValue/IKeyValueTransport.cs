using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The transport that carries requests to servers and responses back. It may lose both, and may repeat a request.
/// </summary>
public interface IKeyValueTransport
{
    /// <summary>Sends a request to a server.</summary>
    /// <param name="server">The server that receives the request.</param>
    /// <param name="request">The request.</param>
    /// <returns>
    /// The response; null when none will come, in which case the server may still have carried out the request. The
    /// task may never complete.
    /// </returns>
    Task<KeyValueResponse?> SendAsync(ServerId server, KeyValueRequest request);
}
