using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation.Lab;

/// <summary>
/// The network of the MIT 6.5840 labs in virtual time: remote procedure calls through one-way
/// <see cref="LabEnd">ends</see>. Calls are independent and unordered. The caller always learns whether its call
/// succeeded, unless the handler never answers over a link that stays up. <see cref="LabCall"/> lists the steps of a
/// call. The network does not depend on Raft: servers and clients of any service may share one.
/// </summary>
/// <remarks>
/// In reliable mode calls take no time; the order of events at one instant is the schedule's choice. A lost request or
/// reply fails fast. A call over a disabled end, or to an absent server, fails slowly: only this case tests code that
/// waits for an answer.
/// </remarks>
public sealed class LabNetwork
{
    private readonly Dictionary<string, LabAddress> _addresses = []; // Looked up by name only, never enumerated.

    /// <summary>Creates a network without ends and servers.</summary>
    /// <param name="simulation">The engine that draws delays and losses, and chooses the order.</param>
    public LabNetwork(ISimulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        Simulation = simulation;
    }

    /// <summary>
    /// True when calls neither wait nor get lost while their end is enabled and the server is present. A call reads it
    /// when it begins.
    /// </summary>
    public bool IsReliable { get; set; } = true;

    /// <summary>
    /// True when a call over a disabled end, or to an absent server, takes up to 7 s to fail; otherwise it takes up to
    /// 100 ms.
    /// </summary>
    public bool HasLongDelays { get; set; }

    /// <summary>
    /// True when two thirds of the replies are held back for 0.2 to 2.2 s. A call reads it when it begins.
    /// </summary>
    public bool HasLongReordering { get; set; }

    /// <summary>The number of calls, including failed ones.</summary>
    public long TotalCalls { get; private set; }

    /// <summary>The bytes of all requests sent, and of all replies delivered.</summary>
    public long TotalBytes { get; private set; }

    internal ISimulation Simulation { get; }

    /// <summary>Creates a disabled end for calls from one caller to one server.</summary>
    /// <param name="owner">The name of the caller, for readable schedules.</param>
    /// <param name="server">The name of the server, which need not be registered yet.</param>
    /// <param name="actor">The number of the server that makes the calls; 0 for any other caller.</param>
    public LabEnd CreateEnd(string owner, string server, int actor = 0) => new(this, owner, AddressOf(server), actor);

    /// <summary>
    /// Registers a server under a name. It replaces an earlier server with the name, and calls to that one fail.
    /// </summary>
    /// <param name="name">The server's name.</param>
    /// <param name="service">The object that handlers work on.</param>
    /// <param name="process">The process in which handlers run.</param>
    /// <param name="actor">The number of the server; 0 for any other service.</param>
    public LabServer Register(string name, object service, ISimulatedProcess process, int actor = 0)
    {
        LabServer server = new(name, service, process, actor);
        Replace(AddressOf(name), server);
        return server;
    }

    /// <summary>
    /// Removes a server: calls to it fail from now on, and calls in progress fail within 100 ms. Has no effect when
    /// there is none.
    /// </summary>
    public void Remove(string name) => Replace(AddressOf(name), null);

    /// <summary>
    /// Returns the number of calls that reached a handler of the server now registered under this name; 0 when there is
    /// none.
    /// </summary>
    public long IncomingCalls(string server) => AddressOf(server).Server?.IncomingCalls ?? 0;

    /// <summary>
    /// Calls a server. The values passed must not change afterwards, because copies travel on a real network.
    /// </summary>
    /// <typeparam name="TReply">The type of the server's answer.</typeparam>
    /// <param name="end">The end to call through.</param>
    /// <param name="request">The readable name of the request, for schedules.</param>
    /// <param name="requestBytes">The length of the request on the wire, in bytes.</param>
    /// <param name="handler">
    /// The work of the server, as a task of its own process. Returns the answer and its length on the wire, in bytes.
    /// </param>
    /// <returns>
    /// A task that completes with the answer or, on failure, without one. A failure does not tell whether the server
    /// did the work.
    /// </returns>
    public Task<LabReply<TReply>> CallAsync<TReply>(
        LabEnd end, string request, int requestBytes, Func<LabServer, Task<(TReply Value, int Bytes)>> handler)
    {
        ArgumentNullException.ThrowIfNull(end);
        ArgumentNullException.ThrowIfNull(handler);
        LabTaskCall<TReply> call = new(this, end, request, handler);
        call.Begin(requestBytes);
        return call.Reply;
    }

    internal void CountRequest(int bytes)
    {
        TotalCalls++;
        TotalBytes += bytes;
    }

    internal void CountReply(int bytes) => TotalBytes += bytes;

    private LabAddress AddressOf(string name)
    {
        if (!_addresses.TryGetValue(name, out LabAddress? address))
        {
            _addresses.Add(name, address = new LabAddress(name));
        }

        return address;
    }

    private static void Replace(LabAddress address, LabServer? server)
    {
        LabServer? before = address.Server;
        address.Server = server;
        before?.LookAtCalls(null);
    }
}
