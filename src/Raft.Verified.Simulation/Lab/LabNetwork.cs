using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation.Lab;

/// <summary>
/// The network of the MIT 6.5840 labs in virtual time: remote procedure calls through one-way <see cref="LabEnd">ends</see>. Every call runs by
/// itself, nothing is in order, and the caller always learns whether it succeeded, unless the handler never answers over a link that stays
/// up. What one call goes through stands at <see cref="LabCall"/>. Knows nothing of Raft: servers and clients of any service may share one.
/// </summary>
/// <remarks>
/// In reliable mode nothing takes time; the order of what happens at one moment is the schedule's choice. A lost request or reply fails fast, a
/// call over a disabled end, or to a server that is not there, fails slowly: only the latter tests code that waits for an answer.
/// </remarks>
public sealed class LabNetwork
{
    private readonly Dictionary<string, LabAddress> _addresses = []; // Looked up by name only, never enumerated.

    /// <summary>Makes a network without ends and servers.</summary>
    /// <param name="simulation">The engine that draws delays and losses, and chooses the order.</param>
    public LabNetwork(ISimulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        Simulation = simulation;
    }

    /// <summary>Whether calls neither wait nor get lost while their end is enabled and the server is there. A call reads it when it begins.</summary>
    public bool IsReliable { get; set; } = true;

    /// <summary>Whether a call over a disabled end, or to an absent server, takes up to 7 s to fail; if not, up to 100 ms.</summary>
    public bool HasLongDelays { get; set; }

    /// <summary>Whether two thirds of the replies are held back for 0.2 to 2.2 s. A call reads it when it begins.</summary>
    public bool HasLongReordering { get; set; }

    /// <summary>How many calls were made, those that failed included.</summary>
    public long TotalCalls { get; private set; }

    /// <summary>The bytes of all requests made, and of all replies delivered.</summary>
    public long TotalBytes { get; private set; }

    internal ISimulation Simulation { get; }

    /// <summary>Makes an end, disabled: a way for one caller to call one server.</summary>
    /// <param name="owner">The caller, for readable schedules.</param>
    /// <param name="server">The name of the server, which need not be there yet.</param>
    /// <param name="actor">The server that the caller is, or 0.</param>
    public LabEnd CreateEnd(string owner, string server, int actor = 0) => new(this, owner, AddressOf(server), actor);

    /// <summary>Puts a server in the place of the one that was there under this name, if any; calls to that one fail.</summary>
    /// <param name="name">The server's name.</param>
    /// <param name="service">What handlers work on.</param>
    /// <param name="process">The process in which handlers run.</param>
    /// <param name="actor">The number of the server, or 0.</param>
    public LabServer Register(string name, object service, ISimulatedProcess process, int actor = 0)
    {
        LabServer server = new(name, service, process, actor);
        Replace(AddressOf(name), server);
        return server;
    }

    /// <summary>Takes a server away: calls to it fail from now on, those under way within 100 ms. Without effect when none is there.</summary>
    public void Remove(string name) => Replace(AddressOf(name), null);

    /// <summary>The calls that reached a handler of the server that is now there under this name; 0 without one.</summary>
    public long IncomingCalls(string server) => AddressOf(server).Server?.IncomingCalls ?? 0;

    /// <summary>Calls a server. The values passed must not change afterwards: on a real network copies travel.</summary>
    /// <typeparam name="TReply">What the server answers.</typeparam>
    /// <param name="end">The way to the server.</param>
    /// <param name="request">What is asked, for readable schedules.</param>
    /// <param name="requestBytes">The length of the request on the wire.</param>
    /// <param name="handler">What the server does, as a task of its own process; gives the answer and its length on the wire.</param>
    /// <returns>Completes when the network knows: with the answer, or without one, which says nothing about whether the server did it.</returns>
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
