/* action_list.h: ACTION(NAME, name, keys, where, flags, label, help). See action.h. */
