using System.Runtime.InteropServices;

namespace Raft.Verified.ModelChecking;

/// <summary>The origin of a state: the previous state, and the input by which the state was first reached.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Origin
{
    /// <summary>The size of an origin, in bytes.</summary>
    public const int Size = 12;

    private readonly uint _parentLow;
    private readonly int _parentHigh;
    private readonly uint _input;

    public Origin(long parent, uint input)
    {
        _parentLow = (uint)parent;
        _parentHigh = (int)(parent >> 32);
        _input = input;
    }

    /// <summary>The number of the previous state; -1 for the initial state.</summary>
    public long Parent => ((long)_parentHigh << 32) | _parentLow;

    /// <summary>The packed input, see <see cref="ModelInput.Pack"/>.</summary>
    public uint Input => _input;
}
