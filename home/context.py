"""What every page needs: who the council is, the menus, the urgent lines."""


def site(request):
    return {}
