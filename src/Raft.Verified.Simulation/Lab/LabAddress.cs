namespace Raft.Verified.Simulation.Lab;

/// <summary>The name of a server, and the server that is registered under it now.</summary>
internal sealed class LabAddress(string name)
{
    public string Name { get; } = name;

    public LabServer? Server { get; set; }
}
