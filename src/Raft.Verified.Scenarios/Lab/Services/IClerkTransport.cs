using Raft.Verified.KeyValue;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>A clerk's transport to the servers, of which it may see only some.</summary>
internal interface IClerkTransport : IKeyValueTransport
{
    /// <summary>Lets the clerk see only these servers, by number from 0.</summary>
    void ConnectTo(IEnumerable<int> servers);
}
