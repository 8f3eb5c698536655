namespace Raft.Verified.Simulation.Lab;

/// <summary>A one-way connection from one caller to one server. Disabled until it is enabled.</summary>
public sealed class LabEnd
{
    private bool _isEnabled;

    internal LabEnd(LabNetwork network, string owner, LabAddress target, int actor)
    {
        Network = network;
        Owner = owner;
        Target = target;
        Actor = actor;
    }

    /// <summary>The name of the caller.</summary>
    public string Owner { get; }

    /// <summary>The name of the server.</summary>
    public string Server => Target.Name;

    /// <summary>
    /// True when calls get through. A call reads it when it begins, while its handler runs, and when its handler has
    /// ended. If the end is disabled while a request is in flight, the request still arrives, but its reply does not.
    /// </summary>
    public bool IsEnabled
    {
        get => _isEnabled;
        set
        {
            bool cut = _isEnabled && !value;
            _isEnabled = value;
            if (cut)
            {
                Target.Server?.LookAtCalls(this);
            }
        }
    }

    internal LabNetwork Network { get; }

    internal LabAddress Target { get; }

    internal int Actor { get; }

    /// <inheritdoc />
    public override string ToString() => $"{Owner}->{Server}";
}
