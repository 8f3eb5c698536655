using System.Runtime.CompilerServices;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The messages of the current state and of one candidate, as marks. A message has the mark of the state when the state
/// holds it. It has the mark of the candidate when only the candidate holds it.
/// </summary>
internal sealed class MessageMarks
{
    private int[] _marks = new int[1024];
    private int _state = 1;
    private int _current = 1;

    /// <summary>Begins a state without messages.</summary>
    public void BeginState()
    {
        Next();
        _state = _current;
    }

    /// <summary>Begins a candidate that holds only the messages of the state.</summary>
    public void BeginCandidate() => Next();

    /// <summary>Returns true when the message is in the state or in the candidate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(int message)
    {
        int[] marks = _marks;
        return (uint)message < (uint)marks.Length && (marks[message] == _state || marks[message] == _current);
    }

    /// <summary>Adds a message to the state or the candidate, whichever was begun last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int message)
    {
        if (message >= _marks.Length)
        {
            Grow(message);
        }

        _marks[message] = _current;
    }

    private void Grow(int message) => Array.Resize(ref _marks, Math.Max(message + 1, _marks.Length * 2));

    private void Next()
    {
        if (_current == int.MaxValue - 1)
        {
            // Marks start again from the lowest ones: 1 for the messages of the state, 0 for all others.
            for (int i = 0; i < _marks.Length; i++)
            {
                _marks[i] = _marks[i] == _state ? 1 : 0;
            }

            _state = 1;
            _current = 1;
        }

        _current++;
    }
}
